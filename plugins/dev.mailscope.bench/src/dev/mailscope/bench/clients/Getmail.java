package dev.mailscope.bench.clients;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** getmail6, over POP3 or IMAP; it hands each mail to a script, for it refuses root a Maildir. It knows no STARTTLS. */
final class Getmail implements FetchClient {
    private static final Pattern IMAP_RETRIEVAL = Pattern.compile("UID FETCH \\d+ \\(RFC822\\)|BODY(\\.PEEK)?\\[\\]");

    private final Place place;
    private final Access access;
    private final Handed handed;

    Getmail(Place place, Access access) throws IOException {
        this.place = place;
        this.access = access;
        this.handed = new Handed(place);
    }

    @Override
    public void fetch(boolean keep) throws Exception {
        place.write(".getmail/getmailrc", """
                [retriever]
                type = Simple%s%sRetriever
                %s
                server = %s
                port = %d
                username = %s
                password = %s
                timeout = 20

                [destination]
                type = MDA_external
                path = /bin/sh
                arguments = ("%s",)
                allow_root_commands = true

                [options]
                read_all = false
                delete = %b
                delivered_to = false
                received = false
                """.formatted(access.protocol().toUpperCase(Locale.ROOT),
                access.security() == Security.TLS ? "SSL" : "",
                access.security() == Security.TLS ? "ca_certs = " + place.certificate(access) : "",
                access.host(), access.port(),
                access.user(), access.password(), handed.script(), !keep));
        place.run("getmail", "-v", "--getmaildir", place.home().resolve(".getmail").toString());
    }

    @Override
    public List<byte[]> taken() throws IOException {
        return handed.read();
    }

    /** It passes mail through Python's email package, and adds a field of its own and a Return-Path where none is. */
    @Override
    public byte[] kept(byte[] octets) {
        var unix = Form.throughPython(Form.lf(Form.ended(octets)));
        return Form.without("Return-Path", Form.without("X-getmail-retrieved-from-mailbox", unix));
    }

    @Override
    public Pattern retrieval() {
        return access.isPop3() ? POP3_RETRIEVAL : IMAP_RETRIEVAL;
    }
}

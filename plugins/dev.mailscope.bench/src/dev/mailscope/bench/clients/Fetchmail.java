package dev.mailscope.bench.clients;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Flags;

/** fetchmail, over POP3 or IMAP, which hands each mail to a script that puts it into a file. */
final class Fetchmail implements FetchClient {
    private static final Set<Integer> DONE_OR_NO_MAIL = Set.of(0, 1);

    private static final Pattern IMAP_RETRIEVAL = Pattern.compile("BODY\\.PEEK\\[TEXT\\]");

    private static final String LOCALHOST = "localhost"; // it compares names with certificates, never addresses

    private final Place place;
    private final Access access;
    private final Handed handed;

    Fetchmail(Place place, Access access) throws IOException {
        this.place = place;
        this.access = access;
        this.handed = new Handed(place);
    }

    @Override
    public void fetch(boolean keep) throws Exception {
        // Without "flush", what it has seen before stays when mail is not kept.
        var config = place.write("fetchmailrc", """
                set invisible
                poll %s protocol %s service %d auth password %s
                  user "%s" password "%s" no rewrite no mimedecode %s %s
                  mda "/bin/sh %s"
                """.formatted(LOCALHOST, access.protocol(), access.port(),
                access.isPop3() ? "uidl" : "", access.user(), access.password(), security(),
                keep ? "keep" : "no keep flush", handed.script()));
        place.run(Map.of(), DONE_OR_NO_MAIL, "fetchmail", "-v", "--nodetach", "--nosyslog", "-f", config.toString(),
                "--idfile", place.home().resolve("ids").toString(),
                "--pidfile", place.home().resolve("pid").toString());
    }

    private String security() throws IOException {
        var certificate = " sslcertck sslcertfile \"" + place.certificate(access) + "\" sslcertpath \"/nowhere\"";
        return switch (access.security()) {
            case PLAIN -> "sslproto ''";
            case STARTTLS -> "sslproto 'TLS1.2+'" + certificate;
            case TLS -> "ssl" + certificate;
        };
    }

    @Override
    public List<byte[]> taken() throws IOException {
        return handed.read();
    }

    @Override
    public byte[] kept(byte[] octets) {
        return Form.lf(Form.ended(octets));
    }

    /** Over IMAP it looks for what is not read, and marks what it takes; over POP3 it keeps a list of unique-ids. */
    @Override
    public boolean takes(Mail mail) {
        return access.isPop3() || !mail.flags().seen();
    }

    @Override
    public Flags fetched() {
        return access.isPop3() ? Flags.NONE : Flags.SEEN;
    }

    @Override
    public Pattern retrieval() {
        return access.isPop3() ? POP3_RETRIEVAL : IMAP_RETRIEVAL;
    }
}

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
                  user "%s" password "%s" no rewrite no mimedecode sslproto '' %s
                  mda "/bin/sh %s"
                """.formatted(access.host(), access.protocol(), access.port(),
                access.protocol().equals("pop3") ? "uidl" : "", access.user(), access.password(),
                keep ? "keep" : "no keep flush", handed.script()));
        place.run(Map.of(), DONE_OR_NO_MAIL, "fetchmail", "-v", "--nodetach", "--nosyslog", "-f", config.toString(),
                "--idfile", place.home().resolve("ids").toString(), "--pidfile", place.home().resolve("pid").toString());
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
        return access.protocol().equals("pop3") || !mail.flags().seen();
    }

    @Override
    public Flags fetched() {
        return access.protocol().equals("pop3") ? Flags.NONE : Flags.SEEN;
    }

    @Override
    public Pattern retrieval() {
        return access.protocol().equals("pop3") ? POP3_RETRIEVAL : IMAP_RETRIEVAL;
    }
}

package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** mbsync (isync). */
final class Mbsync extends MaildirClient {
    private final Place place;
    private final Path config;

    Mbsync(Place place, Access access) throws IOException {
        super(place.home().resolve("mail"));
        this.place = place;
        Files.createDirectory(place.home().resolve("mail"));
        config = place.write("mbsyncrc", """
                IMAPAccount mailscope
                Host %s
                Port %d
                User %s
                Pass %s
                %s
                AuthMechs LOGIN

                IMAPStore far
                Account mailscope

                MaildirStore near
                Path %6$s/mail/
                Inbox %6$s/mail/INBOX
                SubFolders Verbatim

                Channel all
                Far :far:
                Near :near:
                Patterns *
                Create Both
                Expunge Both
                Sync All
                SyncState *
                """.formatted(access.host(), access.port(), access.user(), access.password(),
                security(access), place.home()));
    }

    private String security(Access access) throws IOException {
        var certificate = "\nCertificateFile " + place.certificate(access) + "\nSystemCertificates no";
        return "SSLType " + switch (access.security()) {
            case PLAIN -> "None";
            case STARTTLS -> "STARTTLS" + certificate;
            case TLS -> "IMAPS" + certificate;
        };
    }

    @Override
    public void sync() throws Exception {
        place.run("mbsync", "-V", "-c", config.toString(), "-a");
    }

    /** It marks what it copies with a header field of its own. */
    @Override
    public byte[] kept(byte[] octets) {
        return Form.without("X-TUID", super.kept(octets));
    }
}

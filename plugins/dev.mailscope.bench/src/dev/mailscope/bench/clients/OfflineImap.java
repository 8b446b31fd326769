package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** OfflineIMAP 3. */
final class OfflineImap extends MaildirClient {
    private static final String LOCALHOST = "localhost"; // it compares names with certificates, never addresses

    private final Place place;
    private final Path config;

    OfflineImap(Place place, Access access) throws IOException {
        super(place.home().resolve("mail"));
        this.place = place;
        config = place.write("offlineimaprc", """
                [general]
                accounts = mailscope
                metadata = %5$s/metadata
                socktimeout = 20

                [Account mailscope]
                localrepository = near
                remoterepository = far

                [Repository near]
                type = Maildir
                localfolders = %5$s/mail
                sep = /

                [Repository far]
                type = IMAP
                remotehost = %1$s
                remoteport = %2$d
                remoteuser = %3$s
                remotepass = %4$s
                ssl = %6$s
                starttls = %7$s
                sslcacertfile = %8$s
                createfolders = no
                """.formatted(LOCALHOST, access.port(), access.user(), access.password(), place.home(),
                access.security() == Security.TLS, access.security() == Security.STARTTLS, place.certificate(access)));
    }

    @Override
    public void sync() throws Exception {
        place.run("offlineimap", "-c", config.toString(), "-o", "-u", "basic", "-1");
    }

    /** It takes the file's absence for the wish to delete; a Deleted flag alone it only carries over. */
    @Override
    public void delete(String folder, Copy mail) throws IOException {
        Files.delete(Path.of(mail.id()));
    }

    /** It passes each mail through Python's email package. */
    @Override
    public byte[] kept(byte[] octets) {
        return Form.throughPython(super.kept(octets));
    }
}

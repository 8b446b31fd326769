package dev.mailscope.bench.clients;

import java.io.IOException;
import java.util.List;

/** mpop, which delivers into a Maildir. */
final class Mpop implements FetchClient {
    private final Place place;
    private final Access access;
    private final Maildir inbox;

    Mpop(Place place, Access access) throws IOException {
        this.place = place;
        this.access = access;
        this.inbox = new Maildir(place.home().resolve("inbox")).create();
    }

    @Override
    public void fetch(boolean keep) throws Exception {
        var config = place.write("mpoprc", """
                account default
                host %s
                port %d
                user %s
                password %s
                auth user
                tls off
                received_header off
                delivery maildir %5$s/inbox
                uidls_file %5$s/uidls
                keep %6$s
                """.formatted(access.host(), access.port(), access.user(), access.password(), place.home(),
                keep ? "on" : "off"));
        place.run("mpop", "-d", "-C", config.toString());
    }

    @Override
    public List<byte[]> taken() throws IOException {
        return inbox.read().stream().map(Copy::octets).toList();
    }

    @Override
    public byte[] kept(byte[] octets) {
        return Form.lf(Form.ended(octets));
    }
}

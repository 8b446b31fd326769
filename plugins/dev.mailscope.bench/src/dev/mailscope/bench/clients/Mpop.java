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
                %s
                received_header off
                delivery maildir %6$s/inbox
                uidls_file %6$s/uidls
                keep %7$s
                """.formatted(access.host(), access.port(), access.user(), access.password(), security(), place.home(),
                keep ? "on" : "off"));
        place.run("mpop", "-d", "-C", config.toString());
    }

    private String security() throws IOException {
        var certificate = "\ntls_trust_file " + place.certificate(access);
        return switch (access.security()) {
            case PLAIN -> "tls off";
            case STARTTLS -> "tls on\ntls_starttls on" + certificate;
            case TLS -> "tls on\ntls_starttls off" + certificate;
        };
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

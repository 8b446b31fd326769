package dev.mailscope.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;

import dev.mailscope.server.Endpoint;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;

/**
 * Where the mail server is to listen; each port is 0 for any that is free.
 *
 * @param imap  IMAP, with STARTTLS
 * @param pop3  POP3, with STLS
 * @param imaps IMAP that begins with TLS; empty for nowhere
 * @param pop3s POP3 that begins with TLS; empty for nowhere
 * @param smtp  where mail arrives; empty for nowhere
 */
public record ServerPorts(int imap, int pop3, OptionalInt imaps, OptionalInt pop3s, OptionalInt smtp) {
    /** Any free port for both protocols and for each with TLS, and no SMTP. */
    public static final ServerPorts FREE = new ServerPorts(0, 0, OptionalInt.of(0), OptionalInt.of(0),
            OptionalInt.empty());
    /** What Mailscope proposes. */
    public static final ServerPorts PROPOSED = new ServerPorts(ServerConfig.DEFAULT_IMAP_PORT,
            ServerConfig.DEFAULT_POP3_PORT, OptionalInt.of(TlsConfig.DEFAULT_IMAPS_PORT),
            OptionalInt.of(TlsConfig.DEFAULT_POP3S_PORT), OptionalInt.empty());

    /** Where a server listens that does so already; 0 for a protocol that it does not listen for. */
    static ServerPorts of(List<Endpoint> endpoints) {
        return new ServerPorts(port(endpoints, "imap").orElse(0), port(endpoints, "pop3").orElse(0),
                port(endpoints, "imaps"), port(endpoints, "pop3s"), port(endpoints, "smtp"));
    }

    /** The ports by the protocols' names, in the order in which they are shown; without those that are not wanted. */
    public Map<String, Integer> byProtocol() {
        var all = new LinkedHashMap<String, Integer>();
        all.put("imap", imap);
        all.put("pop3", pop3);
        imaps.ifPresent(port -> all.put("imaps", port));
        pop3s.ifPresent(port -> all.put("pop3s", port));
        smtp.ifPresent(port -> all.put("smtp", port));
        return all;
    }

    /** Two protocols that want the same port, by their names in capitals; empty when there are none. */
    public List<String> clash() {
        var owners = new LinkedHashMap<Integer, String>();
        for (var one : byProtocol().entrySet()) {
            var other = one.getValue() == 0 ? null : owners.putIfAbsent(one.getValue(), one.getKey());
            if (other != null) {
                return List.of(other.toUpperCase(Locale.ROOT), one.getKey().toUpperCase(Locale.ROOT));
            }
        }
        return List.of();
    }

    /** Each of the ports, where one is wanted, as the function gives it for the protocol's name and the port. */
    ServerPorts with(BiFunction<String, Integer, Integer> change) {
        return new ServerPorts(change.apply("imap", imap), change.apply("pop3", pop3),
                with(imaps, "imaps", change), with(pop3s, "pop3s", change), with(smtp, "smtp", change));
    }

    /** The configuration with these ports. */
    public ServerConfig in(ServerConfig config) {
        return config.withPorts(imap, pop3).withTls(config.tls().withPorts(imaps, pop3s)).withSmtpPort(smtp);
    }

    private static OptionalInt with(OptionalInt port, String protocol, BiFunction<String, Integer, Integer> change) {
        return port.isPresent() ? OptionalInt.of(change.apply(protocol, port.getAsInt())) : port;
    }

    private static OptionalInt port(List<Endpoint> endpoints, String protocol) {
        return endpoints.stream().filter(e -> e.protocol().equals(protocol)).mapToInt(e -> e.address().getPort())
                .findFirst();
    }
}

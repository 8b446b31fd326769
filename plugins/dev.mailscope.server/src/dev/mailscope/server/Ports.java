package dev.mailscope.server;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.mailscope.server.net.Listener;
import dev.mailscope.server.net.ListenerTls;
import dev.mailscope.server.session.Shared;
import dev.mailscope.server.smtp.Deliveries;
import dev.mailscope.server.smtp.SmtpListener;
import dev.mailscope.server.tls.TlsSource;

/** Where a server listens: all its ports are open, or none. Opened and closed by one thread at a time; any may ask. */
final class Ports {
    /**
     * What is spoken on them.
     *
     * @param imap       makes the conversations of IMAP
     * @param pop3       makes those of POP3
     * @param deliveries where mail goes that comes by SMTP
     * @param shared     what all sessions share
     * @param tls        what TLS begins with
     */
    record Spoken(Listener.Conversations imap, Listener.Conversations pop3, Deliveries deliveries, Shared shared,
            TlsSource tls) {
    }

    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private SmtpListener smtp;
    private volatile List<Endpoint> endpoints = List.of();

    /** Listens as configured. Throws BindException, or IOException, as {@link MailServer#start}; then nowhere. */
    void open(ServerConfig config, Spoken spoken) throws IOException {
        var host = InetAddress.getByName(config.host());
        try {
            listen("imap", host, config.imapPort(), config, spoken, spoken.imap(), false);
            listen("pop3", host, config.pop3Port(), config, spoken, spoken.pop3(), false);
            var secure = config.tls();
            if (secure.imapsPort().isPresent()) {
                listen("imaps", host, secure.imapsPort().getAsInt(), config, spoken, spoken.imap(), true);
            }
            if (secure.pop3sPort().isPresent()) {
                listen("pop3s", host, secure.pop3sPort().getAsInt(), config, spoken, spoken.pop3(), true);
            }
            if (config.smtpPort().isPresent()) {
                smtp = new SmtpListener(host, config.smtpPort().getAsInt(), config.limits(), spoken.deliveries(),
                        spoken.shared(), spoken.tls(), !secure.required());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        var all = new ArrayList<Endpoint>();
        listeners.forEach((protocol, listener) -> all.add(new Endpoint(protocol, listener.address())));
        if (smtp != null) {
            all.add(new Endpoint(SmtpListener.PROTOCOL, smtp.address()));
        }
        endpoints = List.copyOf(all);
    }

    /** Ends all sessions with a farewell and listens no longer. */
    void close() {
        endpoints = List.of();
        if (smtp != null) {
            smtp.close();
            smtp = null;
        }
        listeners.values().forEach(Listener::close);
        listeners.clear();
    }

    /** True while it listens. */
    boolean areOpen() {
        return !endpoints.isEmpty();
    }

    /** Where; empty while it listens nowhere. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    private void listen(String protocol, InetAddress host, int port, ServerConfig config, Spoken spoken,
            Listener.Conversations conversations, boolean tlsAtOnce) throws IOException {
        listeners.put(protocol, new Listener(protocol, host, port, config.limits(), spoken.shared(),
                conversations, new ListenerTls(spoken.tls(), tlsAtOnce)));
    }
}

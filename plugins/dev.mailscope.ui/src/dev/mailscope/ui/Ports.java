package dev.mailscope.ui;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.Endpoint;

/** Asks the system whether a port can be listened on. Opens sockets: not for the UI thread. */
final class Ports {
    private static final int FIRST_FREE_FOR_ALL = 1_024;

    private Ports() {
    }

    /**
     * Why nothing can listen for that protocol on that port of that host, in words for the user; empty when something
     * can.
     *
     * @param port 0 for any port, which can always be had
     * @param own  where the server listens already: it will have left these ports by then
     */
    static String problem(String protocol, String host, int port, List<Endpoint> own) {
        if (port == 0 || own.stream().anyMatch(endpoint -> endpoint.address().getPort() == port)) {
            return "";
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return "";
        } catch (IOException e) {
            var forbidden = port < FIRST_FREE_FOR_ALL && !String.valueOf(e.getMessage()).contains("in use");
            return NLS.bind(forbidden ? Messages.ports_forbidden : Messages.ports_taken,
                    protocol.toUpperCase(Locale.ROOT), Integer.toString(port));
        }
    }
}

package dev.mailscope.server.sasl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import javax.net.ssl.SSLSocket;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.tls.ServerCertificate;
import dev.mailscope.server.tls.ServerTls;

/** As much of an IMAP or a POP3 server as a client needs to start TLS, log in by SASL, and leave. */
final class SaslTestServer implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<SaslStep> ends = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final boolean imap;
    private final Credentials credentials;
    private final ServerTls tls;
    private final Thread thread;

    SaslTestServer(boolean imap, Credentials credentials, ServerCertificate certificate) throws IOException {
        this.imap = imap;
        this.credentials = credentials;
        this.tls = ServerTls.with(certificate, null, Duration.ofMillis(PATIENCE));
        this.thread = Thread.ofVirtual().start(this::accept);
    }

    /** Where it listens on the loopback address. */
    int port() {
        return listener.getLocalPort();
    }

    /** How the exchanges ended. */
    List<SaslStep> ends() {
        return ends;
    }

    /** What went wrong with a connection. */
    List<Exception> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (var connection = listener.accept()) {
                connection.setSoTimeout(PATIENCE);
                write(connection, imap ? "* OK ready" : "+OK ready");
                converse(connection);
            } catch (IOException | RuntimeException e) {
                if (!listener.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    private void converse(Socket plain) throws IOException {
        var socket = plain;
        for (var line = read(socket); line != null; line = read(socket)) {
            var tag = imap ? line.substring(0, line.indexOf(' ')) : "";
            var words = List.of((imap ? line.substring(tag.length() + 1) : line).split(" "));
            switch (words.getFirst().toUpperCase(Locale.ROOT)) {
                case "CAPABILITY" -> {
                    write(socket, "* CAPABILITY IMAP4rev1 SASL-IR" + (socket == plain ? " STARTTLS" : "")
                            + names(socket, " AUTH="));
                    write(socket, tag + " OK done");
                }
                case "CAPA" -> write(socket, "+OK\r\nUIDL\r\n" + (socket == plain ? "STLS\r\n" : "") + "SASL"
                        + names(socket, " ") + "\r\n.");
                case "STARTTLS", "STLS" -> {
                    write(socket, imap ? tag + " OK now" : "+OK now");
                    socket = tls.start(plain);
                }
                case "AUTHENTICATE", "AUTH" -> authenticate(socket, tag, words);
                case "LOGOUT", "QUIT" -> {
                    write(socket, imap ? "* BYE\r\n" + tag + " OK bye" : "+OK bye");
                    socket.close();
                    return;
                }
                default -> write(socket, imap ? tag + " OK nothing" : "-ERR nothing");
            }
        }
    }

    private void authenticate(Socket socket, String tag, List<String> words) throws IOException {
        var exchange = SaslExchange.of(SaslMechanism.named(words.get(1)).orElseThrow(), circumstances(socket),
                credentials);
        var step = exchange.first(words.size() < 3 ? null
                : words.get(2).equals("=") ? new byte[0] : Base64.getDecoder().decode(words.get(2)));
        while (step instanceof SaslStep.Challenge(var octets)) {
            write(socket, "+ " + Base64.getEncoder().encodeToString(octets));
            var response = read(socket);
            if (response == null || response.equals("*")) {
                step = new SaslStep.Failure(SaslStep.Reason.AUTHENTICATIONFAILED, "called off");
                break;
            }
            step = exchange.next(Base64.getDecoder().decode(response));
        }
        ends.add(step);
        var right = step instanceof SaslStep.Success;
        write(socket, imap ? tag + (right ? " OK in" : " NO no") : right ? "+OK in" : "-ERR no");
    }

    private String names(Socket socket, String before) {
        return SaslMechanism.offered(circumstances(socket), credentials).stream()
                .map(mechanism -> before + mechanism.wireName()).collect(Collectors.joining());
    }

    private SaslCircumstances circumstances(Socket socket) {
        return socket instanceof SSLSocket secure
                ? SaslCircumstances.withTls(tls.certificate().endPoint().orElse(null),
                        ServerTls.clientCertificate(secure.getSession()).orElse(null))
                : SaslCircumstances.withoutTls(false);
    }

    private static String read(Socket socket) throws IOException {
        var line = new StringBuilder();
        var in = socket.getInputStream();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void write(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}

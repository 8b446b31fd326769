package dev.mailscope.server.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.trace.What;

/**
 * What passes over one TCP connection: held until it shows which protocol it is, and then told. A connection that is
 * not about mail is left out.
 */
final class Stream implements TcpConnection.Taker {
    /** Makes the trail of a session that begins. */
    interface Sessions {
        Trail begin(Protocol protocol);

        Mailboxes mailboxes();
    }

    // How much of the server's first octets says which protocol it speaks.
    private static final int GREETING = 6;
    private static final int MOST_ODD = 20;
    private static final int HANDSHAKE = 0x16;

    private final Endpoint client;
    private final Endpoint server;
    private final Sessions sessions;
    private final List<Runnable> held = new ArrayList<>();
    private final long began;
    private TcpConnection connection;
    private byte[] first = new byte[0];
    private Trail trail;
    private Talk talk;
    private boolean ignored;
    private int odd;

    Stream(Endpoint client, Endpoint server, Sessions sessions, long began) {
        this.client = client;
        this.server = server;
        this.sessions = sessions;
        this.began = began;
    }

    /** The connection it is about. */
    void of(TcpConnection its) {
        connection = its;
    }

    /** True when it is known not to be about mail. */
    boolean isIgnored() {
        return ignored;
    }

    @Override
    public void data(boolean fromClient, byte[] octets, long micros) {
        if (talk != null) {
            talk.data(fromClient, octets, micros);
        } else if (!ignored) {
            held.add(() -> talk.data(fromClient, octets, micros));
            decide(fromClient, octets);
        }
    }

    private void decide(boolean fromClient, byte[] octets) {
        var byPort = Protocol.onPort(server.port());
        if (fromClient) {
            if (byPort.isEmpty()) {
                ignore(); // a mail server speaks first
            } else if (octets[0] == HANDSHAKE && octets.length > 1 && octets[1] == 3) {
                connected(byPort.get(), true);
                talk.becomesOpaque("it is encrypted by TLS from the beginning");
                tell();
            } else {
                begin(byPort.get(), false);
            }
            return;
        }
        var all = Arrays.copyOf(first, first.length + octets.length);
        System.arraycopy(octets, 0, all, first.length, octets.length);
        first = all;
        if (first.length >= GREETING) {
            var greeted = Protocol.greetingWith(first);
            if (greeted.isPresent() && (connection.hasBeginning() || byPort.isEmpty())) {
                begin(greeted.get(), true);
            } else if (byPort.isPresent()) {
                begin(byPort.get(), false);
            } else {
                ignore();
            }
        }
    }

    private void begin(Protocol protocol, boolean whole) {
        connected(protocol, whole);
        if (!whole) {
            trail.record(0, new What.Remark("the capture does not have the beginning of this session:"
                    + " what it was in before is inferred from what follows"));
        }
        tell();
    }

    private void connected(Protocol protocol, boolean whole) {
        trail = sessions.begin(protocol);
        trail.at(began);
        trail.record(0, new What.Connected(client.toString(), server.toString()));
        talk = protocol.talk(trail, sessions.mailboxes(), server.host(), whole);
    }

    private void tell() {
        held.forEach(Runnable::run);
        held.clear();
        first = new byte[0];
    }

    private void ignore() {
        ignored = true;
        held.clear();
        first = new byte[0];
    }

    @Override
    public void gap(boolean fromClient, long octets, long micros) {
        if (talk != null) {
            talk.gap(fromClient, octets, micros);
        } else if (!ignored) {
            held.add(() -> talk.gap(fromClient, octets, micros));
        }
    }

    @Override
    public void odd(boolean fromClient, String words, long micros) {
        if (talk == null && !ignored) {
            held.add(() -> odd(fromClient, words, micros));
        } else if (talk != null && odd++ < MOST_ODD) {
            trail.at(micros);
            trail.of("");
            trail.record(0, new What.Remark("TCP, from the " + (fromClient ? "client" : "server") + ": " + words));
        }
    }

    @Override
    public void closed(String reason, long micros) {
        if (talk == null && !ignored && !held.isEmpty()) {
            // Too little has come to know it by its content.
            Protocol.onPort(server.port()).ifPresent(protocol -> begin(protocol, false));
        }
        if (talk != null) {
            if (odd > MOST_ODD) {
                trail.at(micros);
                trail.record(0, new What.Remark("TCP: " + (odd - MOST_ODD) + " more segments were sent again, early or"
                        + " overlapping"));
            }
            talk.closed(reason, micros);
        }
    }
}

package dev.mailscope.server.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.mailscope.server.trace.Note;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * A capture of what passed, as if without TLS and compression, for Wireshark: each session a TCP connection to the
 * protocol's standard port, by which the dissector is chosen. What follows STARTTLS or STLS is a connection of its own,
 * because a dissector would take it for TLS.
 */
final class Pcapng implements Exporter {
    private static final int LONGEST_COMMENT = 20_000;
    private static final Map<String, Integer> PORTS = Map.of("imap", 143, "pop3", 110);

    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var capture = new Capture(events.selection(), out);
        events.each(event -> capture.take(event, events.note(event)));
    }

    private static final class Line {
        private final InetSocketAddress client;
        private final InetSocketAddress server;
        private TcpStream stream;
        private boolean hasTalked;
        private String comment = "";

        Line(InetSocketAddress client, InetSocketAddress server) {
            this.client = client;
            this.server = server;
        }

        /** Puts this beside the next packet, with what is to stand there already. */
        void say(String words) {
            var both = comment.isEmpty() ? words : comment + "; " + words;
            comment = both.substring(0, Math.min(LONGEST_COMMENT, both.length()));
        }
    }

    private static final class Capture {
        private final Selection selection;
        private final PcapngWriter writer;
        private final Map<Long, Line> lines = new HashMap<>();
        private int streams;
        private long now;

        Capture(Selection selection, OutputStream out) throws IOException {
            this.selection = selection;
            this.writer = new PcapngWriter(out);
            writer.begin();
        }

        void take(TraceEvent event, Optional<Note> note) throws IOException {
            now = event.time();
            if (!PORTS.containsKey(event.protocol())) {
                return;
            }
            if (note.isPresent() && !(event.what() instanceof What.Connected)) {
                line(event).say(words(note.get()));
            }
            take(event);
            if (note.isPresent() && event.what() instanceof What.Connected) {
                line(event).say(words(note.get())); // the connection is there from now on
            }
        }

        private static String words(Note note) {
            return "note on event " + note.event() + ": " + Reading.words(note);
        }

        private void take(TraceEvent event) throws IOException {
            switch (event.what()) {
                case What.Connected(var peer, var local) -> begin(event, peer, local);
                case What.Received(var octets) -> data(line(event), true, octets);
                case What.Response(var octets) -> data(line(event), false, octets);
                case What.PhaseChanged(var from, var to, var user) -> {
                    var line = line(event);
                    line.say("session " + event.session() + ", phase " + to);
                }
                case What.TlsStarted(var protocol, var cipher, var subject) -> tls(event, protocol, cipher);
                case What.CompressionStarted(var algorithm) -> line(event).say("session " + event.session()
                        + ": from here on it was compressed by " + algorithm);
                case What.Closed(var reason) -> close(event, reason);
                case What.Fault(var stop, var decision, var name) -> line(event).say("session "
                        + event.session() + ": a fault struck here (" + name + ", " + stop + "): " + decision);
                case What.Held w -> {
                }
                case What.Released w -> {
                }
                case What.Replaced w -> {
                }
                case What.Command w -> {
                }
                case What.Rejected w -> {
                }
                case What.StateChanged w -> {
                }
                case What.Sent w -> {
                }
                case What.ViewOpened w -> {
                }
                case What.ViewClosed w -> {
                }
                case What.Marked w -> {
                }
                case What.Told w -> {
                }
                case What.Delivery w -> {
                }
                case What.Device w -> {
                }
                case What.Remark w -> {
                }
            }
        }

        private Line begin(TraceEvent event, String peer, String local) throws IOException {
            var client = TcpStream.address(peer);
            var server = TcpStream.address(local).getAddress();
            if (client.getAddress().getAddress().length != server.getAddress().length) {
                server = client.getAddress();
            }
            var line = new Line(client, new InetSocketAddress(server, PORTS.get(event.protocol())));
            lines.put(event.session(), line);
            open(line, client, "session " + event.session() + ", connected to " + local);
            return line;
        }

        private void open(Line line, InetSocketAddress client, String comment) throws IOException {
            line.say(comment);
            line.stream = new TcpStream(client, line.server, ++streams * 0x0101_0000, packet -> {
                writer.packet(now, packet, line.comment);
                line.comment = "";
            });
            line.stream.open();
        }

        // A session that began before the selection has a connection made for it here.
        private Line line(TraceEvent event) throws IOException {
            var known = lines.get(event.session());
            if (known != null) {
                return known;
            }
            try {
                var session = selection.recording().at(event.number()).sessions().get(event.session());
                if (session != null) {
                    return begin(event, session.peer(), session.local());
                }
            } catch (IllegalArgumentException e) {
                // what came before is gone or damaged: the octets are still worth having
            }
            return begin(event, "127.0.0.1:" + (0x8000 | event.session() & 0x7FFF), "127.0.0.1:0");
        }

        private void data(Line line, boolean fromClient, Octets octets) throws IOException {
            line.hasTalked = true;
            line.stream.data(fromClient, wire(octets));
        }

        private void tls(TraceEvent event, String protocol, String cipher) throws IOException {
            var line = line(event);
            var words = "session " + event.session() + ": from here on it was encrypted (" + protocol + ", " + cipher
                    + ")";
            if (line.hasTalked) {
                line.stream.close(true);
                open(line, new InetSocketAddress(line.client.getAddress(), otherPort(line.client.getPort())), words);
            } else {
                line.say(words);
            }
        }

        private void close(TraceEvent event, String reason) throws IOException {
            var line = line(event);
            line.say("session " + event.session() + ": " + reason);
            line.stream.close(reason.contains("client"));
            lines.remove(event.session());
        }

        private static int otherPort(int port) {
            return port ^ 0x4000;
        }
    }

    /** As many octets as there were: a secret as asterisks, and the end of its line where that was hidden too. */
    private static byte[] wire(Octets octets) {
        var out = new ByteArrayOutputStream(octets.size());
        for (var piece : octets.pieces()) {
            switch (piece) {
                case Octets.Inline(var bytes) -> out.writeBytes(bytes);
                case Octets.Slice(var content, var offset, var size) -> {
                    try {
                        out.write(content.octets(), offset, size);
                    } catch (UncheckedIOException e) {
                        var lost = new byte[size]; // by a damaged recording
                        Arrays.fill(lost, (byte) '?');
                        out.writeBytes(lost);
                    }
                }
                case Octets.Hidden(var size) -> {
                    var secret = new byte[size];
                    Arrays.fill(secret, (byte) '*');
                    out.writeBytes(secret);
                }
            }
        }
        var bytes = out.toByteArray();
        if (!octets.pieces().isEmpty() && octets.pieces().getLast() instanceof Octets.Hidden(var size) && size > 1) {
            bytes[bytes.length - 2] = '\r';
            bytes[bytes.length - 1] = '\n';
        }
        return bytes;
    }
}

package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What two programs may say to each other, and be caught saying: commands, answers and what is inferred from them. Each
 * octet from 1 to 5 ends a segment and says of whom or what the next is; all else is said.
 */
public final class FuzzTalk {
    private static final int CLIENT = 1;
    private static final int SERVER = 2;
    /** The client says it, and the capture has lost it. */
    private static final int LOST = 3;
    /** The server has said it once more, and before what it said last. */
    private static final int AGAIN = 4;
    /** The connection has ended, and another begins by the protocol whose number the next octet is. */
    private static final int NEXT = 5;

    private FuzzTalk() {
    }

    /** The first octet says by which protocol: IMAP when it is even. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var capture = new Capture();
        var port = 40_000;
        var line = open(capture, port, data[0]);
        var said = new ByteArrayOutputStream();
        var whose = SERVER;
        for (var at = 1; at <= data.length; at++) {
            if (at < data.length && (data[at] < CLIENT || data[at] > NEXT)) {
                said.write(data[at]);
                continue;
            }
            say(line, whose, said.toString(StandardCharsets.ISO_8859_1));
            said.reset();
            if (at < data.length) {
                whose = data[at];
                if (whose == NEXT) {
                    line.close();
                    at++;
                    line = open(capture, ++port, at < data.length ? data[at] : 0);
                    whose = SERVER;
                }
            }
        }
        FuzzCapture.fuzzerTestOneInput(capture.pcap());
    }

    private static Capture.Line open(Capture capture, int port, int protocol) {
        return capture.line(port, protocol % 2 == 0 ? 143 : 110, false, 1, 1).open();
    }

    private static void say(Capture.Line line, int whose, String text) {
        switch (whose) {
            case CLIENT -> line.client(text);
            case LOST -> line.client += text.length();
            case AGAIN -> line.send(false, line.server - text.length(), Capture.ACK, text);
            default -> line.server(text);
        }
    }
}

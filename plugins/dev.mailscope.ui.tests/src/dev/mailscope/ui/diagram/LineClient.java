package dev.mailscope.ui.diagram;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.mailscope.ui.Mailscope;

/** A client of the workbench's server that says what it is told to, several lines at once if need be. */
final class LineClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    /** Connects, and waits for the greeting. */
    LineClient(String protocol) throws IOException {
        var address = Mailscope.get().server().endpoint(protocol).orElseThrow().address();
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        assertNotNull(answers.readLine(), "a greeting");
    }

    /** Sends lines in one piece, and reads until a line begins with that. */
    void say(String end, String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
        until(end);
    }

    /** Reads until a line begins with that. */
    void until(String end) throws IOException {
        for (var line = answers.readLine(); !line.startsWith(end); line = answers.readLine()) {
            assertNotNull(line, "a line that begins with " + end);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

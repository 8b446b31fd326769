package dev.mailscope.ui.restart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes of the IDE, one after the other on one workspace: one ended by File &gt; Exit, one killed. */
class RestartTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;
    private final List<String> said = new ArrayList<>();
    private Process process;
    private int imap;
    private int pop3;

    @BeforeEach
    void setUp() throws IOException {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            imap = one.getLocalPort();
            pop3 = other.getLocalPort();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null && process.isAlive()) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    @Timeout(value = 3 * PATIENCE_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatWasBegunSurvivesExitAndKill() throws Exception {
        start(Visit.Kind.FIRST);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends by File > Exit");
        assertEquals(0, process.exitValue(), () -> String.join("\n", said));
        start(Visit.Kind.SECOND);
        process.destroyForcibly().waitFor();
        start(Visit.Kind.THIRD);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends by File > Exit");
        var log = folder.resolve("workspace/.metadata/.log");
        assertEquals(List.of(), Files.exists(log) ? Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("!ENTRY dev.mailscope")).toList() : List.of(), "it logs no error");
    }

    /**
     * Starts the IDE, and waits until the visit has been paid. Its configuration is a new one, as after an update: what
     * bundles have as files is elsewhere then.
     */
    private void start(Visit.Kind visit) throws IOException {
        var configuration = Files.createDirectory(folder.resolve(visit.name()));
        Files.copy(Path.of(URI.create(System.getProperty("osgi.configuration.area").replace(" ", "%20")))
                .resolve("config.ini"), configuration.resolve("config.ini"));
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "-D" + Visit.PROPERTY + "=" + visit.name(),
                "-D" + Work.IMAP_PORT + "=" + imap, "-D" + Work.POP3_PORT + "=" + pop3,
                "-cp", System.getProperty("java.class.path"), "org.eclipse.equinox.launcher.Main",
                "-configuration", configuration.toString(),
                "-data", folder.resolve("workspace").toString(),
                "-application", "org.eclipse.ui.ide.workbench", "-product", "org.eclipse.platform.ide"));
        said.clear();
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null && !line.equals(Visit.DONE); line = out.readLine()) {
            said.add(line);
            if (line.startsWith(Visit.FAILED)) {
                fail(visit + ": " + line.substring(Visit.FAILED.length()));
            }
        }
        if (!process.isAlive() && process.exitValue() != 0) {
            fail(visit + " ended: " + String.join("\n", said));
        }
    }
}

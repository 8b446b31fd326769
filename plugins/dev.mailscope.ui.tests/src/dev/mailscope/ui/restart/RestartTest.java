package dev.mailscope.ui.restart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.eclipse.core.runtime.IStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes of the IDE, one after the other on one workspace: one ended by File &gt; Exit, one killed. */
class RestartTest {
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern BEGINNING = Pattern.compile("^(?=!ENTRY |!SESSION )", Pattern.MULTILINE);
    /** Bundle, then severity. */
    private static final Pattern ERROR = Pattern.compile("!ENTRY \\S+ " + IStatus.ERROR + " ");
    private static final Pattern FRAME = Pattern.compile("^\\s+at (\\S+/)?dev\\.mailscope\\.", Pattern.MULTILINE);

    @TempDir
    private Path folder;
    private Process process;
    private Output output;
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
    @Timeout(value = 5 * PATIENCE_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatWasBegunSurvivesExitAndKill() throws Exception {
        start(Visit.Kind.FIRST);
        endsItself();
        start(Visit.Kind.SECOND);
        process.destroyForcibly().waitFor();
        start(Visit.Kind.THIRD);
        endsItself();
        assertEquals(List.of(), errors(folder.resolve("workspace/.metadata/.log")), "it logs no error");
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
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = new Output(process);
        assertEquals(Visit.DONE, output.verdict(PATIENCE_SECONDS), () -> visit + ": " + output.text(process));
    }

    private void endsItself() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS),
                () -> "it does not end by File > Exit: " + output.text(process));
        assertEquals(0, process.exitValue(), () -> output.text(process));
    }

    /** What the plug-in has logged, and what others have logged of an error in it: Jobs, the event loop. */
    private static List<String> errors(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        // A session's head names the command line, and so the folders of this machine.
        return BEGINNING.splitAsStream(Files.readString(log)).filter(entry -> entry.startsWith("!ENTRY dev.mailscope")
                || ERROR.matcher(entry).lookingAt() && FRAME.matcher(entry).find()).toList();
    }
}

package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

import org.eclipse.angus.mail.iap.Protocol;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** An exported JUnit test as its user has it: compiled, and run in a Java of its own with its passwords around it. */
final class GeneratedTest {
    private static final String RUNNER = """
            class Runner {
                public static void main(String[] arguments) throws Exception {
                    var test = Class.forName("RecordedSessionsTest").getDeclaredConstructor();
                    test.setAccessible(true);
                    var method = test.getDeclaringClass().getDeclaredMethod("theRecordedAnswersComeTrue");
                    method.setAccessible(true);
                    try {
                        method.invoke(test.newInstance());
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        e.getCause().printStackTrace();
                        System.exit(1);
                    }
                }
            }
            """;

    private final Path classes;

    private GeneratedTest(Path classes) {
        this.classes = classes;
    }

    /** Compiles it. The file may have any name, because its class is not public. */
    static GeneratedTest compiled(String source, Path folder) throws IOException {
        var file = folder.resolve("RecordedSessionsTest.java");
        var runner = folder.resolve("Runner.java");
        Files.writeString(file, source);
        Files.writeString(runner, RUNNER);
        var log = new ByteArrayOutputStream();
        var result = ToolProvider.getSystemJavaCompiler().run(null, log, log, "-d", folder.toString(), "-proc:none",
                "-cp", classPath(), "--release", "11", "-Xlint:-options", "-encoding", "UTF-8", file.toString(),
                runner.toString());
        assertEquals(0, result, () -> "with " + classPath() + "\n" + log + "\n" + source);
        return new GeneratedTest(folder);
    }

    /** Runs it against a server; gives what it says when it fails, and nothing when it does not. */
    String run(int imap, int pop3, Map<String, String> passwords, String... options) throws IOException,
            InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-Dmail.imap.port=" + imap, "-Dmail.pop3.port=" + pop3));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classes + File.pathSeparator + classPath(), "Runner"));
        var log = classes.resolve("run.log").toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAIL_"));
        passwords.forEach((name, value) -> builder.environment().put(PasswordNames.VARIABLE + name, value));
        var process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the test did not end: " + Files.readString(log.toPath()));
        }
        var said = Files.readString(log.toPath());
        if (process.exitValue() != 0) {
            assertTrue(!said.isBlank(), "it failed without a word");
            return said;
        }
        return "";
    }

    private static String classPath() {
        var places = new LinkedHashSet<Path>();
        var platform = Test.class.getClassLoader();
        for (var type : List.of(Test.class, AssertionFailedError.class, Protocol.class, jakarta.mail.Session.class,
                jakarta.activation.DataSource.class)) {
            places.add(place(type));
        }
        // The second is missed by the compiler alone, with a warning.
        for (var name : List.of("org.junit.platform.commons.JUnitException", "org.apiguardian.api.API")) {
            try {
                places.add(place(platform.loadClass(name)));
            } catch (ClassNotFoundException e) {
                assertTrue(e.getMessage().contains("apiguardian"), e::toString);
            }
        }
        return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Every package of the server looks only downwards, and none of them at Eclipse. */
class PackageDirectionTest {
    /** From the top down. A package may use those below it in this list, and its own subpackages. */
    private static final List<String> ORDER = List.of("cli", "classroom", "", "export", "imports", "capture",
            "transcript", "expression", "finding", "explain", "analysis", "smtp", "net", "imap", "imap/response",
            "imap/command", "pop3", "session", "hook", "store", "trace", "sasl", "mailbox", "message", "tls", "file");
    private static final String ROOT = "dev/mailscope/server/";
    private static final Pattern NAME = Pattern.compile("dev/mailscope/server/((?:[a-z0-9]+/)*)[A-Z]");

    @Test
    void everyPackageLooksOnlyDownwards() throws Exception {
        var wrong = new ArrayList<String>();
        var classes = classes();
        assertTrue(classes.size() > 100, "only " + classes.size() + " classes found: looked in the wrong place");
        classes.forEach((name, text) -> {
            var from = rank(packageOf(name));
            var names = NAME.matcher(text);
            while (names.find()) {
                var used = names.group(1).isEmpty() ? "" : names.group(1).substring(0, names.group(1).length() - 1);
                if (rank(used) < from) {
                    wrong.add(name + " uses package " + used);
                }
            }
        });
        assertEquals(List.of(), wrong.stream().distinct().toList());
    }

    @Test
    void noPackageKnowsEclipseOrTheViews() throws Exception {
        var wrong = new ArrayList<String>();
        classes().forEach((name, text) -> {
            for (var foreign : List.of("org/eclipse/", "org/osgi/", "dev/mailscope/ui", "dev/mailscope/lab")) {
                if (text.contains(foreign)) {
                    wrong.add(name + " uses " + foreign);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** The clock of the day jumps, forwards and backwards; nothing that waits or runs out may look at it. */
    @Test
    void whatWaitsGoesByAClockThatNobodySets() throws Exception {
        var wrong = new ArrayList<String>();
        var looked = new ArrayList<String>();
        classes().forEach((name, text) -> {
            if (List.of("net", "session", "store").contains(packageOf(name)) || name.endsWith("/MaildropLocks.class")) {
                looked.add(name);
                if (text.contains("currentTimeMillis") || text.contains("java/time/Clock")
                        || text.contains("java/time/Instant") && text.contains("\0\3now")) {
                    wrong.add(name);
                }
            }
        });
        assertTrue(looked.size() > 40, looked::toString);
        assertEquals(List.of(), wrong);
    }

    /** A compiler may make a class that the JVM refuses; it is found out only when somebody uses it. */
    @Test
    void everyClassVerifies() throws Exception {
        for (var name : classes().keySet()) {
            Class.forName(name.replace('/', '.').replaceFirst("\\.class$", ""), true, MailServer.class.getClassLoader());
        }
    }

    private static int rank(String name) {
        var rank = ORDER.indexOf(name);
        assertTrue(rank >= 0, "package \"" + name + "\" has no place in the order");
        return rank;
    }

    private static String packageOf(String className) {
        var inside = className.substring(ROOT.length());
        var end = inside.lastIndexOf('/');
        return end < 0 ? "" : inside.substring(0, end);
    }

    /** The shipped classes of the server, by name, each as the text of its constant pool among other octets. */
    private static Map<String, String> classes() throws Exception {
        var location = Path.of(MailServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(location)) {
            var inside = Files.isDirectory(location.resolve(ROOT)) ? location : location.resolve("target/classes");
            return read(inside);
        }
        try (var jar = FileSystems.newFileSystem(URI.create("jar:" + location.toUri()), Map.of())) {
            return read(jar.getPath("/"));
        }
    }

    private static Map<String, String> read(Path top) throws IOException {
        var classes = new TreeMap<String, String>();
        try (var walk = Files.walk(top.resolve(ROOT))) {
            for (var path : walk.filter(p -> p.toString().endsWith(".class")).toList()) {
                var name = top.relativize(path).toString().replace('\\', '/');
                if (!name.contains("Test")) {
                    classes.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return classes;
    }
}

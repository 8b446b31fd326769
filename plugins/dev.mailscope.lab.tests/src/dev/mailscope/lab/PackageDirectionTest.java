package dev.mailscope.lab;

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

import dev.mailscope.lab.pack.Lab;

/** Every package of the labs looks only downwards, and none of them at Eclipse. */
class PackageDirectionTest {
    /** From the top down. A package may use those below it in this list. */
    private static final List<String> ORDER = List.of("cli", "play", "grade", "run", "pack", "device");
    private static final String ROOT = "dev/mailscope/lab/";
    private static final Pattern NAME = Pattern.compile("dev/mailscope/lab/([a-z0-9]+)/[A-Z]");

    @Test
    void everyPackageLooksOnlyDownwards() throws Exception {
        var wrong = new ArrayList<String>();
        var classes = classes();
        assertTrue(classes.size() > 60, "only " + classes.size() + " classes found: looked in the wrong place");
        classes.forEach((name, text) -> {
            var own = name.substring(ROOT.length());
            var from = rank(own.substring(0, own.indexOf('/')));
            for (var names = NAME.matcher(text); names.find();) {
                if (rank(names.group(1)) < from) {
                    wrong.add(name + " uses package " + names.group(1));
                }
            }
            for (var foreign : List.of("org/eclipse/ui", "org/eclipse/swt", "org/eclipse/core", "org/osgi/",
                    "dev/mailscope/ui")) {
                if (text.contains(foreign)) {
                    wrong.add(name + " uses " + foreign);
                }
            }
        });
        assertEquals(List.of(), wrong.stream().distinct().toList());
    }

    private static int rank(String name) {
        var rank = ORDER.indexOf(name);
        assertTrue(rank >= 0, "package \"" + name + "\" has no place in the order");
        return rank;
    }

    /** The shipped classes, by name, each as the text of its constant pool among other octets. */
    private static Map<String, String> classes() throws Exception {
        var location = Path.of(Lab.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(location)) {
            return read(Files.isDirectory(location.resolve(ROOT)) ? location : location.resolve("target/classes"));
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
                if (!name.contains("Test") && !name.endsWith("package-info.class")) {
                    classes.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return classes;
    }
}

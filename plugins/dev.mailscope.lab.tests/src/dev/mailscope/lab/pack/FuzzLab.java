package dev.mailscope.lab.pack;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A lab's text: it is a lab, or each problem has a line of it; it never names a file outside the lab's folder. */
public final class FuzzLab {
    private static final Path FOLDER = Path.of("/nowhere/lab");

    private FuzzLab() {
    }

    /** A text in UTF-8. */
    public static void fuzzerTestOneInput(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        var parsed = LabParser.parse(text, FOLDER);
        if (parsed.lab() == null == parsed.problems().isEmpty()) {
            throw new AssertionError("a lab, or what is wrong with it: " + parsed);
        }
        for (var problem : parsed.problems()) {
            if (problem.line() < 0 || problem.line() > text.lines().count() + 1) {
                throw new AssertionError("a problem that lies nowhere: " + problem);
            }
        }
    }
}

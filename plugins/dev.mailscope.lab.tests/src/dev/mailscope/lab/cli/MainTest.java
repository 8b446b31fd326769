package dev.mailscope.lab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.lab.play.Labs;

@Timeout(60)
class MainTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... args) {
        var words = new String[args.length];
        for (var i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    @Test
    void aLabIsReadAndItsProblemsAreSaid() throws IOException {
        assertEquals(0, run("lab", Labs.FOLDER.resolve("pop3-phases")));
        assertTrue(out.toString().startsWith("The four phases of POP3\n  1. Connect, and say who you are: 3 checks"),
                out::toString);
        var file = Files.writeString(folder.resolve("x.md"), "# T\n\n## S\n\n```check\nIt: nothing ==\n```\n");
        assertEquals(1, run("lab", file));
        assertTrue(err.toString().startsWith(file + ": line 6"), err::toString);
        assertEquals(2, run("lab", folder.resolve("none")));
        assertEquals(2, run("lab"));
    }

    @Test
    void aLabThatComesWithItIsKnownByName() throws IOException {
        var shipped = Files.createDirectory(folder.resolve("labs"));
        for (var name : List.of("second", "first")) {
            Files.writeString(Files.createDirectory(shipped.resolve(name)).resolve("lab.md"),
                    "# The " + name + "\n\n## Step\n\n```quiz text\nWhich?\n= this\n```\n");
        }
        Files.createDirectory(shipped.resolve("empty"));
        assertEquals(2, run("lab", "first"));
        assertTrue(err.toString().endsWith("there is no lab first\n"), err::toString);
        System.setProperty(LabFile.SHIPPED, shipped.toString());
        try {
            assertEquals(0, run("lab", "first"), err::toString);
            assertTrue(out.toString().startsWith("The first\n"), out::toString);
            for (var unknown : List.of("third", "empty", "../labs/x", shipped.resolve("x").toString())) {
                assertEquals(2, run("lab", unknown));
                assertTrue(err.toString().endsWith("there is no lab " + unknown
                        + "; those that come with Mailscope are first, second\n"), err::toString);
            }
            assertEquals(2, run("serve", "--lab", "third"));
            assertTrue(err.toString().endsWith("are first, second\n"), err::toString);
            assertEquals(2, run("serve", "--lab", "second"));
            assertTrue(err.toString().contains("second: this lab sets up no account"), err::toString);
            assertEquals(2, run("grade", "x.mailresult", "--lab", "third"));
            assertTrue(err.toString().endsWith("are first, second\n"), err::toString);
        } finally {
            System.clearProperty(LabFile.SHIPPED);
        }
    }

    @Test
    void aSolutionIsPlayedAndItsResultGraded() throws IOException {
        var lab = Labs.FOLDER.resolve("pop3-phases");
        var result = folder.resolve("r.mailresult");
        var csv = folder.resolve("class.csv");
        assertEquals(0, run("lab", lab, "--solution", lab.resolve("solution.txt"), "--result", result, "--name", "Ada"),
                err::toString);
        assertTrue(out.toString().endsWith("The four phases of POP3: 14 of 14 points\n"), out::toString);
        assertEquals(0, run("grade", result, "--lab", lab, "--csv", csv), err::toString);
        assertTrue(Files.readString(csv).contains("Ada,r.mailresult,The four phases of POP3,14,14,14,0,0,"));
        for (var file : new Path[] {result, csv}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals(2, run("grade", Files.createDirectory(folder.resolve("empty"))));
        assertTrue(err.toString().contains("there is no .mailresult file in the folder "), err::toString);
        Files.copy(result, folder.resolve("a.mailresult"));
        out.getBuffer().setLength(0);
        assertEquals(0, run("grade", folder), err::toString);
        assertEquals(List.of("a.mailresult", "r.mailresult"), out.toString().lines().skip(1)
                .map(line -> line.replaceAll(" +", " ").split(" ")[1]).toList(), "a whole class, by name");
        var broken = Files.writeString(folder.resolve("s.txt"),
                Files.readString(lab.resolve("solution.txt")).replace("B> QUIT\nB< +OK\n", ""));
        assertEquals(1, run("lab", lab, "--solution", broken));
        assertTrue(err.toString().contains("Step 3 (Delete, and quit): line "), err::toString);
        assertEquals(1, run("grade", result, broken));
        Files.writeString(broken, "predict 1\nstep\nopen A imap\nA> a LOGIN alice secret\nA> b APPEND INBOX {15}\n"
                + "A> Subject: Hello\n");
        assertEquals(1, run("lab", lab, "--solution", broken));
        assertTrue(err.toString().contains("Line 6 of the solution: the literal that was announced ends between"),
                err::toString);
        Files.writeString(broken, "step\njump\n");
        assertEquals(1, run("lab", lab, "--solution", broken));
        assertTrue(err.toString().contains("line 2: \"jump\" is no command"), err::toString);
    }
}

package dev.mailscope.server.classroom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class as a list, and what can be wrong with it. */
class ClassListTest {
    @Test
    void namesBecomeUserNamesAndPasswordsAreGivenWhereThereIsNone() {
        var list = parse("""
                \uFEFFanna
                # the second row

                Ben O\u2019Neil, tr\u00FCffel-9
                "M\u00FCller, Zo\u00EB";"with ""quotes"" and, comma"
                Stra\u00DFer\tanother-one
                ben_2
                """);
        assertEquals(List.of(), list.problems());
        assertEquals(List.of(new Student("anna", "anna", "given"),
                new Student("Ben O\u2019Neil", "ben.o.neil", "tr\u00FCffel-9"),
                new Student("M\u00FCller, Zo\u00EB", "muller.zoe", "with \"quotes\" and, comma"),
                new Student("Stra\u00DFer", "strasser", "another-one"), new Student("ben_2", "ben_2", "given")),
                list.students());
    }

    @Test
    void whatIsWrongIsNamedWithItsLineAndLosesNothingElse() {
        var list = parse("""
                anna
                Anna B
                anna b, long-enough
                ANNA
                \u5F20\u4F1F
                carl,one,two
                dora,short
                emil,emil.emil
                emil.emil,emil.emil
                ,nameless
                "open
                fritz,tab\u0007bell
                gus
                """);
        assertEquals(List.of("anna", "anna.b", "emil", "gus"), list.students().stream().map(Student::user).toList());
        assertEquals(List.of(
                "line 3: \"anna b\" has the user name anna.b of line 2",
                "line 4: \"ANNA\" has the user name anna of line 1",
                "line 5: no user name can be made of \"\u5F20\u4F1F\": write a name with letters from a to z, or digits",
                "line 6: there is more on it than a name and a password",
                "line 7: the password of dora can be guessed: it has fewer than 6 characters, is the user name, or"
                        + " everybody knows it",
                "line 9: the password of emil.emil can be guessed: it has fewer than 6 characters, is the user name, or"
                        + " everybody knows it",
                "line 10: it has no name",
                "line 11: a quotation mark is missing",
                "line 12: the password of fritz is empty or holds a character that SASLprep (RFC 4013) prohibits, such"
                        + " as a control one"),
                list.problems().stream().map(ClassList.Problem::toString).toList());
    }

    @Test
    void theSamplePasswordIsRefused() {
        assertTrue(parse("anna,secret").problems().getFirst().text().contains("everybody knows it"));
    }

    @Test
    void aClassHasAnEnd() {
        var text = new StringBuilder();
        for (var i = 0; i <= ClassList.MOST; i++) {
            text.append("s").append(i).append('\n');
        }
        var list = parse(text.toString());
        assertEquals(ClassList.MOST, list.students().size());
        assertEquals(List.of(new ClassList.Problem(ClassList.MOST + 1, "a class has no more than 500 students")),
                list.problems());
    }

    @Test
    void aFileThatIsNoListIsNamed(@TempDir Path folder) throws IOException {
        var list = folder.resolve("class.csv");
        assertEquals("there is no file " + list, assertThrows(IOException.class, () -> ClassList.read(list))
                .getMessage());
        Files.write(list, new byte[] {'Z', 'o', (byte) 0xEB});
        assertEquals(list + " is no text in UTF-8", assertThrows(IOException.class, () -> ClassList.read(list))
                .getMessage());
        Files.writeString(list, "Zo\u00EB\n");
        assertEquals("Zo\u00EB\n", ClassList.read(list));
    }

    @Test
    void passwordsAreReadableAndDiffer() {
        var passwords = new ReadablePasswords(new Random(7));
        var seen = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            var password = passwords.next();
            assertTrue(password.matches("([b-z][aeiou]){2}(-([b-z][aeiou]){2}){2}"), password);
            assertTrue(seen.add(password), password);
        }
        assertFalse(new ReadablePasswords().next().equals(new ReadablePasswords().next()));
    }

    @Test
    void noStudentShowsAPassword() {
        assertEquals("[Student[anna]]", parse("anna,long-enough").students().toString());
        assertEquals("HandOut[1 students]", new HandOut(List.of(), List.of(), "",
                parse("anna,long-enough").students()).toString());
    }

    private static ClassList parse(String text) {
        return ClassList.parse(text, () -> "given");
    }
}

package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.mailscope.server.trace.Octets;

class OctetNotationTest {
    private static final Octets LOGIN = new Octets.Builder().text("a1 LOGIN ").hidden(3).text(" ").hidden(20)
            .text("\r\n").toOctets();

    @Test
    void textShowsLineEndsAndWhatIsNoText() {
        assertEquals("a1 LOGIN \\{secret 1} \\{secret 2}\n", OctetNotation.TEXT.write(LOGIN));
        assertEquals("a \\Seen \\* \\\\recent \\\\x \\\\\\xFF", OctetNotation.TEXT.write(Octets.of(
                "a \\Seen \\* \\recent \\x \\\u00FF".getBytes(StandardCharsets.ISO_8859_1))));
        assertEquals("a\\rb\\nc\\t\\ \u00E9\\xFF\\x00\n", OctetNotation.TEXT.write(Octets.of(
                "a\rb\nc\t\\ \u00C3\u00A9\u00FF\u0000\r\n".getBytes(StandardCharsets.ISO_8859_1))));
        // What turns the reading order is no visible character.
        assertEquals("\\xE2\\x80\\xAE", OctetNotation.TEXT.write(Octets.of("\u202E")));
    }

    @Test
    void hexShowsSixteenOctetsALine() {
        assertEquals("61 31 20 4C 4F 47 49 4E 20 ** ** ** 20 ** ** **\n"
                + "** ** ** ** ** ** ** ** ** ** ** ** ** ** ** **\n** 0D 0A", OctetNotation.HEX.write(LOGIN));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(OctetNotation notation) {
        var random = new Random(4);
        for (var round = 0; round < 2_000; round++) {
            var made = new Octets.Builder();
            for (var i = random.nextInt(40); i > 0; i--) {
                switch (random.nextInt(9)) {
                    case 0 -> made.hidden(1 + random.nextInt(5));
                    case 1 -> made.text("\r\n");
                    case 2 -> made.text("\\{secret 1}");
                    case 3 -> made.text(Character.toString(random.nextInt(0xD800)));
                    case 8 -> made.text("\\");
                    case 4 -> made.write(random.nextInt(256));
                    default -> made.write("ax4rnt{\\\r\n\t ".charAt(random.nextInt(12)));
                }
            }
            var octets = made.toOctets();
            var read = notation.read(notation.write(octets), octets);
            assertEquals(octets, read);
            assertEquals(octets.pieces().stream().map(Object::getClass).toList(),
                    read.pieces().stream().map(Object::getClass).toList());
        }
    }

    @Test
    void whatIsTypedMayBeWrittenOtherwise() {
        assertEquals(Octets.of("ab\\q\\"), OctetNotation.TEXT.read("ab\\q\\", Octets.NONE));
        assertEquals(Octets.of("a\r\nb\r\nc\r\n"), OctetNotation.TEXT.read("a\nb\r\nc\r", Octets.NONE));
        assertEquals(Octets.of("ab"), OctetNotation.HEX.read("  61\n6 2".replace(" 2", "2"), Octets.NONE));
        assertEquals(Octets.of("J"), OctetNotation.HEX.read("4a", Octets.NONE));
        assertEquals(Octets.NONE, OctetNotation.HEX.read("", Octets.NONE));
        assertTrue(OctetNotation.TEXT.read("\\{secret 1}", LOGIN).hasSecret());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TEXT | \\x4 | 0 | Behind \\x there are two digits, 0 to 9 or A to F; a backslash before x is written \\\\",
        "TEXT | \\x4\uFF11 | 0 | Behind \\x there are two digits, 0 to 9 or A to F; a backslash before x is written"
                + " \\\\",
        "TEXT | a\\{secret} | 1 | A secret is written \\{secret 1}; a backslash before { is written \\\\",
        "TEXT | \\{secret 3} | 0 | There is no secret 3 in what is replaced",
        "TEXT | a\\{secret 2} | 1 | Secret 1 has to come before this one, since they are put in as they came",
        "TEXT | \\{secret 1}\\{secret 1} | 11 | Secret 2 has to come before this one, since they are put in as they"
                + " came",
        "TEXT | x\uD800 | 1 | This is half a character",
        "HEX | 61 6 | 3 | Each octet is two digits, 0 to 9 or A to F",
        "HEX | 61 xx | 3 | Each octet is two digits, 0 to 9 or A to F",
        "HEX | 61 \uFF11\uFF11 | 3 | Each octet is two digits, 0 to 9 or A to F",
        "HEX | ** ** 61 | 6 | A secret of 3 octets stays whole: ** for each" })
    void whatStandsForNoOctetsIsRefusedAtItsCharacter(OctetNotation notation, String text, int offset,
            String message) {
        var wrong = assertThrows(OctetNotation.Wrong.class, () -> notation.read(text, LOGIN));
        assertEquals(message, wrong.getMessage());
        assertEquals(offset, wrong.offset());
    }

    @Test
    void nobodyMakesUpASecret() {
        assertEquals("There is no secret in what is replaced", assertThrows(OctetNotation.Wrong.class,
                () -> OctetNotation.TEXT.read("\\{secret 1}", Octets.of("x"))).getMessage());
        assertEquals("There is no secret in what is replaced", assertThrows(OctetNotation.Wrong.class,
                () -> OctetNotation.HEX.read("**", Octets.of("x"))).getMessage());
        assertEquals(8, OctetNotation.TEXT.read("********", Octets.of("x")).size());
    }
}

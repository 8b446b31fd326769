package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class CommandSecretsTest {
    @Test
    void passwordAloneIsHiddenInAGoodLogin() {
        assertSecrets("a LOGIN alice s3cret\r\n", "s3cret");
        assertSecrets("a LOGIN \"alice\" \"s3 \\\"cret\"\r\n", "\"s3 \\\"cret\"");
        assertSecrets("a LOGIN {5}\r\nalice {6}\r\ns3cret\r\n", "s3cret");
        assertSecrets("a LOGIN alice {6+}\r\ns3cret\r\n", "s3cret");
        assertSecrets("a LOGIN alice \"\"\r\n", "\"\"");
        assertSecrets("a LOGIN alice {0+}\r\n\r\n");
    }

    @Test
    void initialResponseIsHidden() {
        assertSecrets("a AUTHENTICATE PLAIN AHMzY3JldA==\r\n", "AHMzY3JldA==");
        assertSecrets("a AUTHENTICATE PLAIN\r\n");
        assertSecrets("a AUTHENTICATE s3cret\r\n", "s3cret");
        assertSecrets("a AUTHENTICATE s3cret AHMzY3JldA==\r\n", "s3cret AHMzY3JldA==");
    }

    @Test
    void malformedLoginHidesAllBehindTheUser() {
        assertSecrets("a LOGIN alice s3cret more\r\n", " s3cret more");
        assertSecrets("a LOGIN alice  s3cret\r\n", "  s3cret");
        assertSecrets("a LOGIN alice s3c\"ret\r\n", " s3c\"ret");
        assertSecrets("a LOGIN alice \"s3cret\r\n", " \"s3cret");
        assertSecrets("a LOGIN alice \"s3\u00e4cret\"\r\n", " \"s3\u00e4cret\"");
        assertSecrets("a LOGIN alice {6+}\r\ns3\0ret\r\n", " {6+}\r\ns3\0ret");
        assertSecrets("a LOGIN alice {6+}\r\ns3cret \r\n", " {6+}\r\ns3cret ");
        assertSecrets("a LOGIN alice {6+}\r\ns3cret {4+}\r\nmore\r\n", " {6+}\r\ns3cret {4+}\r\nmore");
        assertSecrets("a LOGIN alice{6+}\r\ns3cret\r\n", "{6+}\r\ns3cret");
        assertSecrets("a LOGIN alice\r\n");
    }

    @Test
    void loginWithoutAGoodUserHidesAllBehindTheVerb() {
        assertSecrets("a LOGIN \"alice s3cret\r\n", " \"alice s3cret");
        assertSecrets("a LOGIN(alice s3cret)\r\n", "(alice s3cret)");
        assertSecrets("a LOGIN\"alice\" s3cret\r\n", "\"alice\" s3cret");
        assertSecrets("a LOGIN  alice s3cret\r\n", "  alice s3cret");
        assertSecrets("a LOGIN (alice s3cret)\r\n", " (alice s3cret)");
        assertSecrets("a LOGIN {3+}\r\n\0s3 s3cret\r\n", " {3+}\r\n\0s3 s3cret");
    }

    @Test
    void malformedAuthenticateHidesAllBehindTheMechanism() {
        assertSecrets("a AUTHENTICATE PLAIN s3cret!\r\n", " s3cret!");
        assertSecrets("a AUTHENTICATE PLAIN =s3cret\r\n", "=s3cret");
        assertSecrets("a AUTHENTICATE PLAIN AHMzY3JldA== AHMzY3JldA==\r\n", " AHMzY3JldA== AHMzY3JldA==");
        assertSecrets("a AUTHENTICATE PLAIN {6+}\r\ns3cret\r\n", " {6+}\r\ns3cret");
        assertSecrets("a AUTHENTICATE s3cret== x\r\n", " s3cret== x");
    }

    @Test
    void partsOfALoginHideWhatIsThere() {
        for (var whole : List.of("a LOGIN alice s3cret\r\n", "a LOGIN {5+}\r\nalice {6+}\r\ns3cret\r\n",
                "a LOGIN \"alice\" \"s3cret\"\r\n", "a AUTHENTICATE PLAIN s3cret==\r\n")) {
            for (var length = 0; length < whole.length(); length++) {
                var raw = CommandText.raw(whole.substring(0, length));
                var shown = shown(raw);
                assertEquals(length, raw.length());
                assertFalse(shown.contains("s3"), shown);
            }
        }
    }

    @Test
    void messagesNeverQuoteWhatIsSecret() {
        for (var text : List.of("a LOGIN alice s3cret more\r\n", "a LOGIN s3cret(\r\n", "a AUTHENTICATE s3cret/\r\n",
                "a AUTHENTICATE PLAIN s3cret=!\r\n", "a s3cret\r\n", "s3cret\r\n", "a s3cret x\r\n", "s3cret x\r\n",
                "a NOOP s3cret\r\n", "a FETCH s3cret\r\n", "a SEARCH s3cret\r\n", "LOGIN alice s3cret\r\n")) {
            var bad = assertInstanceOf(Parsed.Bad.class, CommandParser.parse(CommandText.raw(text)), text);
            assertFalse(bad.message().contains("s3cret"), bad.message());
            assertFalse(bad.message().contains("alice"), bad.message());
        }
        for (var text : List.of("a LOGIN alice s3cret more\r\n", "a LOGIN s3cret(\r\n", "a AUTHENTICATE s3cret/\r\n")) {
            var raw = CommandText.raw(text);
            var bad = assertInstanceOf(Parsed.Bad.class, CommandParser.parse(raw), text);
            assertEquals(bad.message(), bad.messageQuoting(raw));
        }
    }

    @Test
    void restIsAllThatNobodyMayTrustBeforeLogin() {
        assertRest("a s3cret\r\n", "s3cret");
        assertRest("a s3cret x {3+}\r\nabc\r\n", "s3cret x {3+}\r\nabc");
        assertRest("s3cret\r\n", "s3cret");
        assertRest("LOGIN alice s3cret\r\n", "alice s3cret");
        assertRest("a  LOGIN alice s3cret\r\n", " LOGIN alice s3cret");
        assertRest("a LOGINN alice s3cret\r\n", "LOGINN alice s3cret");
        assertRest("a UID s3cret\r\n", "UID s3cret");
        assertRest("a NOOP s3cret\r\n", " s3cret");
        assertRest("(s3cret) x\r\n", "(s3cret) x");
    }

    @Test
    void printedCommandsKeepTheSecret() {
        for (var text : List.of("a LOGIN alice s3cret\r\n", "a AUTHENTICATE PLAIN AHMzY3JldA==\r\n")) {
            var printed = CommandParser.parse(CommandText.raw(text)).toString() + CommandText.raw(text);
            assertFalse(printed.contains("s3cret") || printed.contains("AHMz"), printed);
        }
    }

    private static void assertRest(String text, String rest) {
        var raw = CommandText.raw(text);
        var bad = assertInstanceOf(Parsed.Bad.class, CommandParser.parse(raw), text);
        assertEquals(List.of(rest), CommandText.octets(raw, List.of(bad.rest())), text);
    }

    private static void assertSecrets(String text, String... secrets) {
        var raw = CommandText.raw(text);
        assertTrue(raw.length() == text.length());
        assertEquals(List.of(secrets), CommandText.octets(raw, CommandParser.parse(raw).secrets()), text);
    }

    private static String shown(RawCommand raw) {
        var octets = raw.wire();
        for (var secret : CommandParser.parse(raw).secrets()) {
            Arrays.fill(octets, secret.offset(), secret.end(), (byte) '*');
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}

package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String BEFORE_POP3 = "Authorization";
    private static final String BEFORE_IMAP = "Not Authenticated";

    @ParameterizedTest
    @ValueSource(strings = { "PASS hunter2", "pass hunter2", " PASS hunter2", "PASS\thunter2", "PASS  hun hunter2",
        "PASS\u00A0hunter2", "PASShunter2", "APOP alice hunter2", "AUTH PLAIN hunter2", "AUTH hunter2",
        "PSAS hunter2", "a1 LOGIN alice hunter2", "LOGIN alice hunter2", "x PASS hunter2" })
    void pop3NeitherShowsNorKeepsACredential(String line) {
        assertHidden(new CommandLine(Protocol.POP3).type(line, BEFORE_POP3), line);
    }

    @ParameterizedTest
    @ValueSource(strings = { "LOGIN alice hunter2", "a1 LOGIN alice hunter2", "login alice \"hunter2\"",
        "LOGIN\talice\thunter2", "AUTHENTICATE PLAIN hunter2", "AUTHENTICATE hunter2", "LOGN alice hunter2",
        "a1 LOGN alice hunter2", "LOGINalice hunter2", "a1 a2 LOGIN alice hunter2", "PASS hunter2" })
    void imapNeitherShowsNorKeepsACredential(String line) {
        assertHidden(new CommandLine(Protocol.IMAP).type(line, BEFORE_IMAP), line);
    }

    @ParameterizedTest
    @ValueSource(strings = { "LOGIN alice hunter2", "xx LOGIN alice hunter2", "PASS hunter2" })
    void aCredentialThatComesTooLateIsHiddenAllTheSame(String line) {
        assertHidden(new CommandLine(Protocol.IMAP).type(line, "Selected"), line);
    }

    @Test
    void theUserNameOfUserIsShownAndKept() {
        var typed = new CommandLine(Protocol.POP3).type("USER alice", BEFORE_POP3);
        assertEquals("USER alice", typed.shown());
        assertEquals("USER alice", typed.kept());
    }

    @Test
    void theMechanismOfAuthenticateIsShown() {
        assertEquals("a1 AUTHENTICATE PLAIN",
                new CommandLine(Protocol.IMAP).type("AUTHENTICATE PLAIN", BEFORE_IMAP).shown());
    }

    @Test
    void anUnknownCommandIsShownAndKeptAfterLogin() {
        var typed = new CommandLine(Protocol.IMAP).type("FROB x", "Authenticated");
        assertEquals("a1 FROB x", typed.shown());
        assertEquals("FROB x", typed.kept());
    }

    @Test
    void tagsAreCountedAndTheUsersOwnAreLeftAlone() {
        var line = new CommandLine(Protocol.IMAP);
        assertEquals("a1", line.tagFor("NOOP"));
        assertEquals("a1 NOOP", line.type("NOOP", BEFORE_IMAP).sent());
        assertEquals("", line.tagFor("mine NOOP"));
        assertEquals("mine NOOP", line.type("mine NOOP", BEFORE_IMAP).sent());
        assertEquals("a7 NOOP", line.type("a7 NOOP", BEFORE_IMAP).sent());
        assertEquals("a8 NOOP", line.type("NOOP", BEFORE_IMAP).sent());
    }

    @Test
    void theHistoryKeepsACommandWithoutItsTag() {
        assertEquals("SELECT INBOX", new CommandLine(Protocol.IMAP).type("b5 SELECT INBOX", "Authenticated").kept());
    }

    @Test
    void pop3CommandsGetNoTag() {
        assertEquals("STAT", new CommandLine(Protocol.POP3).type("STAT", "Transaction").sent());
    }

    @ParameterizedTest
    @CsvSource({ "IMAP,AUTHENTICATE PLAIN", "POP3,AUTH PLAIN" })
    void saslLinesAreSentAsTheyAreAndNeverShownNorKept(Protocol protocol, String command) {
        var line = new CommandLine(protocol);
        line.type(command, protocol == Protocol.IMAP ? BEFORE_IMAP : BEFORE_POP3);
        line.replied(Reply.of(protocol, "+ "));
        assertTrue(line.isSecret());
        var typed = line.type("AGFsaWNlAGh1bnRlcjI=", BEFORE_IMAP);
        assertEquals("AGFsaWNlAGh1bnRlcjI=", typed.sent());
        assertEquals("********", typed.shown());
        assertNull(typed.kept());
    }

    @Test
    void aSaslLineTypedAheadIsHiddenToo() {
        var line = new CommandLine(Protocol.IMAP);
        line.type("AUTHENTICATE PLAIN", BEFORE_IMAP);
        assertHidden(line.type("AGFsaWNlAGh1bnRlcjI= hunter2", BEFORE_IMAP), "");
    }

    @Test
    void theLiteralsOfLoginAreHidden() {
        var line = new CommandLine(Protocol.IMAP);
        assertEquals("a1 LOGIN ******** {5}", line.type("LOGIN {5}", BEFORE_IMAP).shown());
        line.replied(new Reply("+", ""));
        assertEquals("******** {7}", line.type("alice {7}", BEFORE_IMAP).shown());
        line.replied(new Reply("+", ""));
        var typed = line.type("hunter2", BEFORE_IMAP);
        assertEquals("hunter2", typed.sent());
        assertHidden(typed, "");
    }

    @Test
    void aLiteralCountsItsOctetsOverSeveralLines() {
        var line = new CommandLine(Protocol.IMAP);
        line.type("APPEND INBOX {12}", "Authenticated");
        assertEquals(12, line.literalLeft());
        line.replied(new Reply("+", ""));
        assertEquals("", line.tagFor("Zwölf"));
        assertEquals("Zwölf", line.type("Zwölf", "Authenticated").sent());
        assertEquals(12 - 6 - 2, line.literalLeft());
        line.type("ab", "Authenticated");
        assertTrue(line.isOpen(), "the line end that ends the command is still to come");
        line.type("", "Authenticated");
        assertFalse(line.isOpen());
        assertEquals("a2", line.tagFor("NOOP"));
    }

    @Test
    void aRefusedLiteralEndsTheCommand() {
        var line = new CommandLine(Protocol.IMAP);
        line.type("APPEND Nowhere {12}", "Authenticated");
        assertEquals("APPEND", line.replied(new Reply("a1", "NO")));
        assertFalse(line.isOpen());
    }

    @Test
    void idleGoesOnWithALineWithoutATag() {
        var line = new CommandLine(Protocol.IMAP);
        line.type("IDLE", "Selected");
        line.replied(new Reply("+", ""));
        assertEquals("DONE", line.type("DONE", "Selected").sent());
        line.replied(new Reply("a1", "OK"));
        assertEquals("a2 NOOP", line.type("NOOP", "Selected").sent());
    }

    @Test
    void aLiteralSentForTheUserIsShownLineByLine() {
        var line = new CommandLine(Protocol.IMAP);
        line.type("APPEND INBOX {8}", "Authenticated");
        line.replied(new Reply("+", ""));
        assertEquals(List.of("ab", "cd"),
                line.literalSent("ab\r\ncd\r\n".getBytes(StandardCharsets.US_ASCII), 100));
        assertFalse(line.isOpen());
    }

    @ParameterizedTest
    @CsvSource({ "PASS hunter2,5", "USER alice,10", "'PASS ',5", "PSAS hunter2,5", "APOP alice x,5" })
    void aCredentialIsBlackedOutWhileItIsTyped(String draft, int from) {
        assertEquals(from, new CommandLine(Protocol.POP3).secretFrom(draft, BEFORE_POP3));
    }

    @Test
    void pop3KnowsWhichRepliesHaveMoreLines() {
        assertTrue(expectsLines("RETR 1"));
        assertTrue(expectsLines("LIST"));
        assertFalse(expectsLines("LIST 1"));
        assertTrue(expectsLines("uidl"));
        assertFalse(expectsLines("STAT"));
    }

    @Test
    void theGreetingDoesNotAnswerWhatWasTypedBeforeItCame() {
        var line = new CommandLine(Protocol.POP3);
        line.type("CAPA", BEFORE_POP3);
        assertFalse(line.expectsLines());
        assertEquals("", line.replied(new Reply("", "OK")));
        assertFalse(line.isAnswered());
        assertTrue(line.expectsLines());
        assertEquals("CAPA", line.replied(new Reply("", "OK")));
        assertTrue(line.isAnswered());
    }

    private static boolean expectsLines(String command) {
        var line = new CommandLine(Protocol.POP3);
        line.replied(new Reply("", "OK"));
        line.type(command, "Transaction");
        return line.expectsLines();
    }

    private static void assertHidden(CommandLine.Typed typed, String line) {
        assertFalse(typed.shown().contains("hunter2"), typed.shown());
        assertTrue(typed.shown().contains("********"), typed.shown());
        assertNull(typed.kept());
        assertFalse(typed.toString().contains("hunter2"));
        assertTrue(typed.sent().endsWith(line), "what is sent is what was typed");
    }
}

package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class CommandProposalsTest {
    private static final Known KNOWN = new Known(List.of("alice"), List.of("INBOX", "Sent", "\"To do\""),
            List.of(new Known.Message(1, 11, 1_200, false, null), new Known.Message(2, 12, 900, true, null),
                    new Known.Message(3, 15, 30, false, null)));

    @Test
    void authorizationOffersLoginAndNothingThatNeedsMail() {
        var offered = texts(Protocol.POP3, "Authorization", "");
        assertTrue(offered.containsAll(List.of("USER ", "PASS ", "APOP ", "CAPA", "QUIT")), offered::toString);
        for (var later : List.of("RETR ", "DELE ", "STAT", "LIST ", "TOP ", "UIDL ", "RSET")) {
            assertFalse(offered.contains(later), later);
        }
    }

    @Test
    void transactionOffersMailAndNoLogin() {
        var offered = texts(Protocol.POP3, "Transaction", "");
        assertTrue(offered.containsAll(List.of("RETR ", "DELE ", "STAT", "RSET", "QUIT")), offered::toString);
        assertFalse(offered.contains("USER "));
        assertFalse(offered.contains("PASS "));
    }

    @Test
    void nothingIsOfferedWhereNoCommandIsLegal() {
        assertEquals(List.of(), texts(Protocol.POP3, "Connect", ""));
        assertEquals(List.of(), texts(Protocol.POP3, "Update", ""));
        assertEquals(List.of(), texts(Protocol.IMAP, "Logout", ""));
    }

    @Test
    void selectComesAfterLoginAndFetchAfterSelect() {
        assertFalse(texts(Protocol.IMAP, "Not Authenticated", "").contains("SELECT "));
        assertTrue(texts(Protocol.IMAP, "Not Authenticated", "").contains("LOGIN "));
        assertTrue(texts(Protocol.IMAP, "Authenticated", "").contains("SELECT "));
        assertFalse(texts(Protocol.IMAP, "Authenticated", "").contains("FETCH "));
        assertFalse(texts(Protocol.IMAP, "Authenticated", "").contains("LOGIN "));
        assertTrue(texts(Protocol.IMAP, "Selected", "").containsAll(List.of("FETCH ", "UID FETCH ", "SELECT ")));
    }

    @Test
    void everyCommandIsExplainedWithItsSection() {
        for (var protocol : Protocol.values()) {
            for (var phase : protocol.phases()) {
                for (var proposal : CommandProposals.at(protocol, phase, KNOWN, "", 0)) {
                    assertFalse(proposal.explanation().isBlank(), proposal.label());
                    assertFalse(proposal.explanation().contains("\n"), proposal.label());
                    assertTrue(proposal.section().startsWith("RFC "), proposal.label());
                }
            }
        }
    }

    @Test
    void aVerbIsCompletedFromItsBeginningInAnyCase() {
        assertEquals(List.of("RETR "), texts(Protocol.POP3, "Transaction", "re"));
        assertEquals("RETR ", CommandProposals.at(Protocol.POP3, "Transaction", KNOWN, "re", 2).getFirst()
                .applyTo("re"));
    }

    @Test
    void aCommandWithoutArgumentsGetsNoSpaceAfterIt() {
        assertEquals(List.of("IDLE"), texts(Protocol.IMAP, "Selected", "IDL"));
        assertEquals(List.of("NOOP"), texts(Protocol.POP3, "Transaction", "N"));
    }

    @Test
    void theVerbIsFoundBehindATagOfTheUsersOwn() {
        assertEquals(List.of("SELECT "), texts(Protocol.IMAP, "Authenticated", "x7 SEL"));
        assertEquals("x7 SELECT ", CommandProposals.at(Protocol.IMAP, "Authenticated", KNOWN, "x7 SEL", 6).getFirst()
                .applyTo("x7 SEL"));
    }

    @Test
    void uidOffersItsOwnCommands() {
        var offered = texts(Protocol.IMAP, "Selected", "UID ");
        assertEquals(List.of("UID FETCH ", "UID SEARCH ", "UID SORT ", "UID THREAD ", "UID STORE ", "UID COPY ",
                "UID MOVE ", "UID REPLACE ", "UID EXPUNGE "), offered);
        assertEquals("a UID FETCH ", CommandProposals.at(Protocol.IMAP, "Selected", KNOWN, "a UID fe", 8).getFirst()
                .applyTo("a UID fe"));
    }

    @Test
    void messagesMarkedAlreadyAreNotOffered() {
        assertEquals(List.of("1", "3"), texts(Protocol.POP3, "Transaction", "DELE "));
        assertEquals(List.of("1", "3"), texts(Protocol.POP3, "Transaction", "RETR "));
    }

    @Test
    void foldersAreOfferedAsTheyAreWritten() {
        assertEquals(List.of("INBOX", "Sent", "\"To do\""), texts(Protocol.IMAP, "Authenticated", "SELECT "));
        assertEquals(List.of("\"To do\""), texts(Protocol.IMAP, "Authenticated", "SELECT to"));
        assertEquals(List.of("\"To do\""), texts(Protocol.IMAP, "Authenticated", "SELECT \"To d"));
        assertEquals(List.of("Sent"), texts(Protocol.IMAP, "Selected", "COPY 1 S"));
    }

    @Test
    void uidCommandsAreOfferedUidsAndTheOthersNumbers() {
        assertEquals(List.of("1:*", "1", "2", "3"), texts(Protocol.IMAP, "Selected", "STORE "));
        assertEquals(List.of("1:*", "11", "12", "15"), texts(Protocol.IMAP, "Selected", "UID STORE "));
    }

    @Test
    void argumentsOfACommandThatIsNotLegalAreNotOffered() {
        assertEquals(List.of(), texts(Protocol.IMAP, "Not Authenticated", "SELECT "));
        assertEquals(List.of(), texts(Protocol.POP3, "Authorization", "RETR "));
    }

    @Test
    void passwordsAreNeverOffered() {
        assertEquals(List.of(), texts(Protocol.POP3, "Authorization", "PASS "));
        assertEquals(List.of(), texts(Protocol.IMAP, "Not Authenticated", "LOGIN alice "));
    }

    private static List<String> texts(Protocol protocol, String phase, String line) {
        return CommandProposals.at(protocol, phase, KNOWN, line, line.length()).stream().map(CommandProposal::text)
                .toList();
    }
}

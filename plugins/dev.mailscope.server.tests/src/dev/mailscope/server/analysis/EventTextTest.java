package dev.mailscope.server.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class EventTextTest {
    private static final Message MEME = message(3, Flags.NONE, "From: Friend\r\nSubject: Meme\r\n\r\nHa.\r\n");

    @Test
    void whatHappenedIsOneLine() {
        assertEquals("connected from 127.0.0.1:5 to 127.0.0.1:143",
                text(new What.Connected("127.0.0.1:5", "127.0.0.1:143")));
        assertEquals("> a3 FETCH 1 FLAGS", text(new What.Received(Octets.of("a3 FETCH 1 FLAGS\r\n"))));
        assertEquals("a3 FETCH", text(new What.Command("a3")));
        assertEquals("FETCH", text(new What.Command("")));
        assertEquals("a3 rejected: no such folder", text(new What.Rejected("a3", "no such folder", 7)));
        assertEquals("rejected: too long", text(new What.Rejected("", "too long", -1)));
        assertEquals("Transaction \u2192 Update", text(new What.PhaseChanged("Transaction", "Update")));
        assertEquals("< * 3 EXISTS", text(new What.Response(Octets.of("* 3 EXISTS\r\n"))));
        assertEquals("sent 1,200 octets (events 5 to 7)", text(new What.Sent(1_200, 5, 7)));
        assertEquals("sent 1 octet (event 5)", text(new What.Sent(1, 5, 5)));
        assertEquals("opened INBOX of alice, read-only", text(new What.ViewOpened("alice", 1, "INBOX", true)));
        assertEquals("left INBOX", text(new What.ViewClosed("INBOX")));
        assertEquals("message 2 marked to be deleted (UID 5)", text(new What.Marked(2, 5, true)));
        assertEquals("message 2 no longer marked (UID 5)", text(new What.Marked(2, 5, false)));
        assertEquals("told: message 3 gone (UID 9); 1 new message, 4 in all, 0 recent; "
                + "message 1 flags (\\Seen) (UID 2)",
                text(new What.Told(List.of(new Notice.Expunged(3, 9), new Notice.Arrived(4, 0, List.of(12L)),
                        new Notice.FlagsChanged(1, 2, Flags.SEEN, false, 8)))));
        assertEquals("TLS started: TLSv1.3, TLS_AES_128_GCM_SHA256",
                text(new What.TlsStarted("TLSv1.3", "TLS_AES_128_GCM_SHA256", "")));
        assertEquals("TLS started: TLSv1.2, X, client certificate of CN=alice\\x0A",
                text(new What.TlsStarted("TLSv1.2", "X", "CN=alice\n")));
        assertEquals("compression started: DEFLATE", text(new What.CompressionStarted("DEFLATE")));
        assertEquals("closed: peer has gone", text(new What.Closed("peer has gone")));
        assertEquals("message by SMTP from <a@b> for <c>, <d\\x0A@e>, sent by 127.0.0.1:5",
                text(new What.Delivery("127.0.0.1:5", "a@b", List.of("c", "d\n@e"))));
        assertEquals("started", text(new What.Remark("started")));
        assertEquals("held before sending: step mode", text(new What.Held("before sending", "step mode")));
        assertEquals("released before sending: dropped", text(new What.Released("before sending", "dropped")));
        assertEquals("fault no\\x0A before parsing: the line is cut",
                text(new What.Fault("before parsing", "the line is cut", "no\n")));
        assertEquals("replaced: > a1 NOOP", text(new What.Replaced(Octets.of("a1 NOOP\r\n"), false)));
        assertEquals("replaced: < * 9 EXISTS", text(new What.Replaced(Octets.of("* 9 EXISTS\r\n"), true)));
    }

    @Test
    void eachChangeIsNamed() {
        assertEquals("account bob added", change(new Change.AccountAdded("bob")));
        assertEquals("account bob removed with all its mail", change(new Change.AccountRemoved("bob")));
        assertEquals("folder Work created (UIDVALIDITY 9)", change(new Change.FolderCreated("a", 1, "Work", 9, 1)));
        assertEquals("folder Work deleted with 2 messages", change(new Change.FolderDeleted("a", 1, "Work", 2)));
        assertEquals("folder Work renamed to Play", change(new Change.FolderRenamed("a", 1, "Work", "Play")));
        assertEquals("folder Work only holds other folders now",
                change(new Change.SelectableChanged("a", 1, "Work", false)));
        assertEquals("quota of account a: at most 2 units of 1,024 octets, 1 message, 1,000 folders,"
                + " which its owner cannot change", change(new Change.QuotaChanged("a", Quota.NONE
                        .with(QuotaResource.MAILBOX, 1_000).with(QuotaResource.STORAGE, 2)
                        .with(QuotaResource.MESSAGE, 1).withFixed(true))));
        assertEquals("quota of account a: no limits", change(new Change.QuotaChanged("a", Quota.NONE)));
        assertEquals("Work: /shared/comment is \"\u00FC\\x0A\"",
                change(new Change.AnnotationChanged("a", 3, "Work", "/shared/comment", Optional.of("\u00C3\u00BC\n"))));
        assertEquals("access to folder Work: bob lrs", change(new Change.AccessChanged("a", 3, "Work", "bob",
                Optional.of(Rights.parse("slr")))));
        assertEquals("access to folder Work: -bob with no rights", change(new Change.AccessChanged("a", 3, "Work",
                "-bob", Optional.of(Rights.NONE))));
        assertEquals("access to folder Work: bob removed", change(new Change.AccessChanged("a", 3, "Work", "bob",
                Optional.empty())));
        assertEquals("server: /shared/comment removed",
                change(new Change.ServerAnnotationChanged("a", "/shared/comment", Optional.empty())));
        assertEquals("server for a: /private/comment is \"x\"",
                change(new Change.ServerAnnotationChanged("a", "/private/comment", Optional.of("x"))));
        assertEquals("Work subscribed", change(new Change.SubscriptionChanged("a", "Work", true)));
        assertEquals("INBOX: message added (UID 3, 36 octets, \"Meme\")",
                change(new Change.MessageAdded("a", 1, "INBOX", MEME)));
        assertEquals("INBOX: message deleted (UID 3, \"Meme\")",
                change(new Change.MessageRemoved("a", 1, "INBOX", MEME, 9)));
        assertEquals("INBOX UID 3 flags () \u2192 (\\Seen)",
                change(new Change.FlagsChanged("a", 1, "INBOX", MEME, Flags.SEEN, 9)));
        assertEquals("INBOX: messages below UID 4 are recent to no later session",
                change(new Change.RecentClaimed("a", 1, "INBOX", 4)));
        assertEquals("2 changes: account bob added; Work unsubscribed", text(new What.StateChanged(1, List.of(
                new Change.AccountAdded("bob"), new Change.SubscriptionChanged("bob", "Work", false)))));
    }

    @Test
    void subjectsAreDecodedAndNotTakenFromTheText() {
        assertEquals("INBOX: message deleted (UID 1, \"Grüße an alle\")", change(new Change.MessageRemoved("a", 1,
                "INBOX", message(1, Flags.NONE, "SUBJECT:\t=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n an alle\r\n\r\n"), 2)));
        assertEquals("INBOX: message deleted (UID 1)", change(new Change.MessageRemoved("a", 1,
                "INBOX", message(1, Flags.NONE, "From: x\r\n\r\nSubject: not this\r\n"), 2)));
    }

    @Test
    void secretsAreMaskedEverywhere() {
        var octets = new Octets.Builder().text("a1 LOGIN alice ").hidden(3).text("\r\n").toOctets();
        var event = event(new What.Received(octets));
        assertEquals("> a1 LOGIN alice ********", EventText.what(event));
        var details = EventText.details(event);
        assertEquals("a1 LOGIN alice ********\n", details.text());
        assertEquals("""
                00000000  61 31 20 4c 4f 47 49 4e  20 61 6c 69 63 65 20 **  a1 LOGIN alice *
                00000010  ** ** 0d 0a                                       **..""", details.hex());
    }

    @Test
    void nothingMovesTheCursorOrTurnsTheText() {
        assertEquals("> \\x1B[31mred\\x07\\xFF", text(new What.Received(
                Octets.of("\u001b[31mred\u0007\u00ff\r\n".getBytes(StandardCharsets.ISO_8859_1)))));
        assertEquals("left In\\x0A\\u202Ebox", text(new What.ViewClosed("In\n\u202Ebox")));
        assertEquals("a\\x1B FETCH", text(new What.Command("a\u001b")));
    }

    @Test
    void longLinesAreCutAndSayHowLongTheyAre() {
        var line = text(new What.Received(Octets.of("x".repeat(5_000) + "\r\n")));
        assertEquals("> " + "x".repeat(200) + " \u2026 (5,002 octets)", line);
        assertEquals("< +OK \u2026 (10 octets)", text(new What.Response(Octets.of("+OK\r\nmail\n"))));
        assertEquals("> " + "x".repeat(200), text(new What.Received(Octets.of("x".repeat(200)))));
        assertEquals("y".repeat(200) + " \u2026 (300 characters)", text(new What.Remark("y".repeat(300))));
        assertTrue(text(new What.Received(Octets.of("\u00ff".repeat(300)))).length() < 300);
    }

    @Test
    void aLineHasTimeNumberSessionAndPhase() {
        var event = event(new What.Command("a3"));
        var time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault())
                .format(event.instant());
        assertEquals(time, EventText.time(event));
        assertEquals(time + "     12  imap 3   Selected          a3 FETCH", EventText.line(event));
        assertEquals("server", EventText.session(new TraceEvent(1, 0, 0, "", 0, "", "", "", new What.Remark("x"))));
    }

    @Test
    void eachEventHasADirection() {
        assertEquals(EventText.Direction.CLIENT_TO_SERVER, EventText.direction(event(new What.Received(Octets.NONE))));
        assertEquals(EventText.Direction.SERVER_TO_CLIENT, EventText.direction(event(new What.Response(Octets.NONE))));
        assertEquals(EventText.Direction.SERVER_TO_CLIENT, EventText.direction(event(new What.Told(List.of()))));
        assertEquals(EventText.Direction.INSIDE, EventText.direction(event(new What.PhaseChanged("a", "b"))));
    }

    @Test
    void detailsShowBeforeAndAfter() {
        var details = EventText.details(event(new What.StateChanged(1,
                List.of(new Change.FlagsChanged("a", 1, "INBOX", MEME, Flags.SEEN, 9)))));
        var change = details.changes().getFirst();
        assertEquals("UID 3, flags (), MODSEQ 1, 36 octets, received 2026-01-02T03:04:05Z, \"Meme\"", change.before());
        assertEquals("UID 3, flags (\\Seen), MODSEQ 9, 36 octets, received 2026-01-02T03:04:05Z, \"Meme\"",
                change.after());
        assertTrue(details.toText().contains("  before: UID 3, flags ()"), details.toText());
        assertEquals("", details.hex());
    }

    @Test
    void detailsShowTheOctetsAsTheyAreUpToALimit() {
        assertEquals("Été\\xC3\ntab\t\\x00", OctetText.text(Octets.of(new byte[] {(byte) 0xC3, (byte) 0x89, 't',
                (byte) 0xC3, (byte) 0xA9, (byte) 0xC3, '\r', '\n', 't', 'a', 'b', '\t', 0}), 100));
        assertEquals("ab\n\u2026 (5 octets in all)", OctetText.text(Octets.of("abcde"), 2));
        assertEquals(String.format("00000000  %-48s  ab%n", "61 62").strip() + "\n\u2026 (5 octets in all)",
                OctetText.hex(Octets.of("abcde"), 2));
        var large = EventText.details(event(new What.Received(Octets.of(new byte[1 << 20]))));
        assertFalse(large.hex().length() > 100_000, "the hex dump has no limit");
    }

    private static String text(What what) {
        return EventText.what(event(what));
    }

    private static String change(Change change) {
        return text(new What.StateChanged(1, List.of(change)));
    }

    private static TraceEvent event(What what) {
        return new TraceEvent(12, 1_772_000_000_123_456L, 3, "imap", 0, "Selected", "INBOX", "FETCH", what);
    }

    private static Message message(long uid, Flags flags, String text) {
        return new Message(uid, 1, flags, OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC), Instant.EPOCH,
                Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}

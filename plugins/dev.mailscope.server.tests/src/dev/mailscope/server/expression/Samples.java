package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Events for the tests of expressions. */
final class Samples {
    static final TraceEvent STORE = new TraceEvent(7, 0, 2, "imap", 5, "Selected", "Work/2026", "STORE",
            new What.Received(Octets.of("a1 STORE 1 +FLAGS (\\Deleted)\r\n")));

    static final List<What> ONE_OF_EACH = List.of(new What.Connected("a", "b"), new What.Received(Octets.NONE),
            new What.Command("t"), new What.Rejected("t", "p", 0), new What.PhaseChanged("a", "b"),
            new What.StateChanged(1, List.of()), new What.Response(Octets.NONE), new What.Sent(1, 1, 1),
            new What.ViewOpened("alice", 1, "Work/2026", false), new What.ViewClosed("Work/2026"),
            new What.Marked(1, 1, true), new What.Told(List.of()), new What.TlsStarted("TLSv1.3", "c", ""),
            new What.CompressionStarted("DEFLATE"), new What.Delivery("p", "s", List.of()), new What.Closed("r"),
            new What.Held("s", "w"), new What.Released("s", "d"), new What.Fault("s", "d", "n"),
            new What.Replaced(Octets.NONE, true),
            new What.Device("Phone", "imap", "full", true, List.of("p"), TreePMap.singleton("INBOX", 1)),
            new What.Remark("text"));

    private Samples() {
    }

    static Expression expression(String text) {
        return assertInstanceOf(Expression.Right.class, Expression.parse(text), () -> text + ": "
                + Expression.parse(text)).expression();
    }

    static Message message(long uid, Flags flags) {
        return new Message(uid, uid, flags, Instant.EPOCH.atOffset(ZoneOffset.UTC), Instant.EPOCH,
                Content.of("Subject: m\r\n\r\nx\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
}

package dev.mailscope.server.imap;

import java.nio.charset.StandardCharsets;

import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.mailbox.MailStore;

/** IDLE (RFC 2177): the client waits, and is told at once what happens in its folder, until it says DONE. */
final class Idle {
    private static final String DONE = "DONE";

    private Idle() {
    }

    static Reply start(Turn turn) {
        // Watches first and tells then: what happens between is not missed.
        MailStore.Watch watch = turn.phase() instanceof Phase.Selected open
                ? turn.context().store().watch(open.view().folderId(), turn.context()::wake) : () -> { };
        try {
            return turn.read(state -> Reply.continuing(turn.phase(), new Waiting.Done(turn.tag(), watch),
                    new Response.Continuation("idling: say DONE to end it")));
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** What has happened since the client was last told. */
    static Reply push(Turn turn, Waiting.Done idle) {
        return turn.read(state -> Reply.still(turn.phase(), idle));
    }

    /** The line that ends it. */
    static Reply end(Turn turn, byte[] line) {
        if (!new String(line, StandardCharsets.ISO_8859_1).equalsIgnoreCase(DONE)) {
            return turn.say(Reply.bad(turn.phase(), "IDLE ends with the line DONE; something else came, and is not"
                    + " looked at."));
        }
        return turn.read(state -> Reply.ok(turn.phase(), "IDLE ended."));
    }
}

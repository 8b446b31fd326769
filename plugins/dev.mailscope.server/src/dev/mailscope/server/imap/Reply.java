package dev.mailscope.server.imap;

import java.util.List;

import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.session.Step;
import dev.mailscope.server.trace.What;

/**
 * What a command comes to. Immutable.
 *
 * @param next    the phase the session is in then
 * @param waiting what it waits for then
 * @param watching what the client is told unasked from then on; null when that stays as it is
 * @param end     how the tagged response begins; null while the command is in progress
 * @param code    the tagged response's code, null for none
 * @param text    the tagged response's text
 * @param data    the untagged responses, each made when its turn comes; iterated once
 * @param told    what the client learns of its folder from the data
 * @param events  what the trace is told, in order, before the phase changes
 * @param after   what happens to the connection
 */
record Reply(Phase next, Waiting waiting, Watching watching, Response.Condition end, ResponseCode code,
        String text, Iterable<? extends Response> data, List<Notice> told, List<What> events, Step.After after) {
    static Reply ok(Phase next, String text) {
        return ended(next, Response.Condition.OK, null, text);
    }

    static Reply no(Phase next, ResponseCode code, String text) {
        return ended(next, Response.Condition.NO, code, text);
    }

    static Reply bad(Phase next, String text) {
        return ended(next, Response.Condition.BAD, null, text);
    }

    /** The answer to a transaction that was refused. */
    static Reply refused(Phase next, MailboxException refusal) {
        var code = switch (refusal.reason()) {
            case NONEXISTENT -> ResponseCode.Simple.NONEXISTENT;
            case ALREADYEXISTS -> ResponseCode.Simple.ALREADYEXISTS;
            case CANNOT -> ResponseCode.Simple.CANNOT;
            case LIMIT -> ResponseCode.Simple.LIMIT;
            case HASCHILDREN -> ResponseCode.Simple.HASCHILDREN;
            case USEATTR -> ResponseCode.Simple.USEATTR;
            case OVERQUOTA -> ResponseCode.Simple.OVERQUOTA;
            case NOPERM -> ResponseCode.Simple.NOPERM;
        };
        return no(next, code, refusal.getMessage());
    }

    /** The command goes on: the session waits for a line of the client's. */
    static Reply continuing(Phase next, Waiting waiting, Response continuation) {
        return new Reply(next, waiting, null, null, null, "", List.of(continuation), List.of(), List.of(),
                Step.After.CONTINUE);
    }

    /** The command that is in progress goes on as before. */
    static Reply still(Phase next, Waiting waiting) {
        return new Reply(next, waiting, null, null, null, "", List.of(), List.of(), List.of(), Step.After.CONTINUE);
    }

    private static Reply ended(Phase next, Response.Condition end, ResponseCode code, String text) {
        return new Reply(next, Waiting.NOTHING, null, end, code, text, List.of(), List.of(), List.of(),
                Step.After.CONTINUE);
    }

    Reply in(Phase phase) {
        return new Reply(phase, waiting, watching, end, code, text, data, told, events, after);
    }

    Reply watching(Watching now) {
        return new Reply(next, waiting, now, end, code, text, data, told, events, after);
    }

    Reply with(ResponseCode with) {
        return new Reply(next, waiting, watching, end, with, text, data, told, events, after);
    }

    Reply saying(Iterable<? extends Response> responses) {
        return new Reply(next, waiting, watching, end, code, text, responses, told, events, after);
    }

    Reply saying(Response... responses) {
        return saying(List.of(responses));
    }

    Reply telling(List<Notice> notices) {
        return new Reply(next, waiting, watching, end, code, text, data, notices, events, after);
    }

    Reply recording(List<What> what) {
        return new Reply(next, waiting, watching, end, code, text, data, told, what, after);
    }

    Reply then(Step.After then) {
        return new Reply(next, waiting, watching, end, code, text, data, told, events, then);
    }
}

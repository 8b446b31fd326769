package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.session.Step;

/** COMPRESS (RFC 4978). */
final class Compress {
    private Compress() {
    }

    static Reply run(Turn turn, ImapCommand.Compress command) {
        if (!command.algorithm().equals("DEFLATE")) {
            return turn.say(Reply.bad(turn.phase(), "The only way to compress here is DEFLATE."));
        }
        if (turn.context().isCompressed()) {
            return turn.say(Reply.bad(turn.phase(), "DEFLATE is active already.")
                    .with(ResponseCode.Simple.COMPRESSIONACTIVE));
        }
        return turn.read(state -> Reply.ok(turn.phase(), "DEFLATE is active from here on.")
                .then(Step.After.START_DEFLATE));
    }
}

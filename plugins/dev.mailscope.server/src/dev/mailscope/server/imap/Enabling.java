package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.response.Response;

/** ENABLE (RFC 5161 section 3.1). */
final class Enabling {
    private Enabling() {
    }

    /**
     * True for what enables UTF8=ACCEPT while a folder is open (RFC 6855 section 3): it would change what the client
     * has been shown of the folder's messages. Such a command enables nothing.
     */
    static boolean isTooLate(ImapCommand command, Phase phase, Enabled enabled) {
        return command instanceof ImapCommand.Enable(var names) && names.contains(Enabled.UTF8)
                && enabled.offersUtf8()
                && phase.kind() == ImapPhase.SELECTED;
    }

    /** Answers what of the names can be enabled; the session has done so. */
    static Reply run(Turn turn, ImapCommand.Enable command) {
        return turn.read(state -> isTooLate(command, turn.phase(), turn.enabled())
                ? Reply.bad(turn.phase(), "UTF8=ACCEPT is enabled before a folder is opened (RFC 6855 section 3);"
                        + " nothing is enabled.")
                : Reply.ok(turn.phase(), "ENABLE completed.").saying(new Response.Enabled(
                        command.names().stream().filter(turn.enabled()::canEnable).toList())));
    }
}

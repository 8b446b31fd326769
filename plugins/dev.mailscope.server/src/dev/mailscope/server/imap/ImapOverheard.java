package dev.mailscope.server.imap;

import java.util.Optional;

import dev.mailscope.server.imap.ImapIncoming.Asked;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.session.Incoming;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.Octets;

/**
 * Makes commands of what a client said to another server, as a session makes them of what its own client says: the same
 * framing, the same parser, the same secrets hidden. The other server's answers decide what a literal or a line is.
 */
public final class ImapOverheard {
    /**
     * What the client said.
     *
     * @param incoming as a session gives it
     * @param command  the command when it is whole, understood and legal
     * @param line     the line that a command in progress waited for, without its end: it may be a secret
     * @param phase    the phase it belongs to
     */
    public record Heard(Incoming incoming, Optional<ImapCommand> command, Optional<byte[]> line, ImapPhase phase) {
        /** Without the line. */
        @Override
        public String toString() {
            return "Heard[" + incoming + ", " + phase + "]";
        }
    }

    private static final MailStore.Watch NOBODY = () -> { };

    private final ImapInput input;
    private Waiting waiting = Waiting.NOTHING;

    /** Of commands, lines and literals within those limits. */
    public ImapOverheard(Limits limits) {
        input = ImapInput.overheard(limits);
    }

    /** Takes octets of the client. */
    public void feed(byte[] octets) {
        input.feed(octets, 0, octets.length);
    }

    /** The next line answers the challenge of that AUTHENTICATE. */
    public void expectResponse(String tag) {
        expect(new Waiting.SaslResponse(tag, null));
    }

    /** The next line ends that IDLE. */
    public void expectDone(String tag) {
        expect(new Waiting.Done(tag, NOBODY));
    }

    /** The server has ended the command in progress: what the client says next is another one. */
    public void abandon() {
        waiting = Waiting.NOTHING;
        input.abandon();
    }

    /** Loses whatever is not whole. */
    public void lose() {
        waiting = Waiting.NOTHING;
        input.discard();
    }

    /**
     * What the client says next, in a session in that phase; null when there are not octets enough.
     *
     * @param uncertain true when the phase may be another one: then one is taken in which the command is legal
     */
    public Heard next(ImapPhase phase, Dialect dialect, boolean uncertain) {
        input.guess(uncertain);
        var incoming = input.next(phase, waiting, dialect);
        if (incoming == null) {
            return null;
        }
        return switch (incoming.asked()) {
            case Asked.Execute(var command) -> heard(incoming, Optional.of(command), Optional.empty());
            case Asked.Line line -> {
                waiting = Waiting.NOTHING;
                yield heard(incoming, Optional.empty(), Optional.of(line.text()));
            }
            case Asked.Literal l -> heard(incoming, Optional.empty(), Optional.empty());
            case Asked.Refuse r -> {
                waiting = Waiting.NOTHING;
                yield heard(incoming, Optional.empty(), Optional.empty());
            }
            case Asked.Nothing n -> heard(incoming, Optional.empty(), Optional.empty());
        };
    }

    private Heard heard(ImapIncoming incoming, Optional<ImapCommand> command, Optional<byte[]> line) {
        return new Heard(incoming, command, line, input.guessed());
    }

    /** What has come of something that is not whole, secrets hidden. */
    public Octets unfinished(ImapPhase phase, Dialect dialect) {
        return input.unfinished(phase, waiting, dialect);
    }

    private void expect(Waiting next) {
        waiting = next;
        input.expectLine();
    }
}

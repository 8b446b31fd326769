package dev.mailscope.server.imap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.mailscope.server.imap.command.AppendData;
import dev.mailscope.server.imap.command.AppendMessage;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Place;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.BinaryParts;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.HeaderText;

/** APPEND (RFC 3501 section 6.3.11); of several messages all arrive, or none (RFC 3502 section 6.3.11). */
final class Append {
    private Append() {
    }

    /** A message that can be kept: what the client wrote has been checked. */
    record Checked(Flags flags, OffsetDateTime date, Content content) {
    }

    static Reply run(Turn turn, ImapCommand.Append command) {
        return checked(turn, command.messages(), messages -> turn.change(t -> append(turn, command, messages, t)));
    }

    private static Reply append(Turn turn, ImapCommand.Append command, List<Checked> messages, Transaction t) {
        var to = Copy.destination(turn, t, command.mailbox());
        if (to.isEmpty()) {
            return Copy.missing(turn, t, command.mailbox());
        }
        var uids = messages.stream().mapToLong(message -> deliver(turn, t, to.get(), message)).toArray();
        return Reply.ok(turn.phase(), (uids.length == 1 ? "Message" : uids.length + " messages")
                + " appended to " + turn.name(to.get().name()) + ".")
                .with(new ResponseCode.AppendUid(to.get().folder().uidValidity(), uids))
                .saying(Listing.normalized(turn, t.state(), command.mailbox(), to.get().name()));
    }

    /** Goes on when all of the messages can be kept, else says why not. */
    static Reply checked(Turn turn, List<AppendMessage> messages, Function<List<Checked>, Reply> then) {
        var checked = new ArrayList<Checked>();
        var catenation = new Catenation(turn);
        for (var message : messages) {
            Flags flags;
            try {
                flags = Flags.of(message.flags());
            } catch (IllegalArgumentException e) {
                return turn.read(state -> Store.unknownFlag(turn));
            }
            Content text;
            try {
                text = text(message.data(), catenation);
            } catch (Catenation.Impossible e) {
                return turn.read(state -> Reply.no(turn.phase(), e.code(), e.getMessage()));
            }
            var problem = problem(turn, message.data(), text);
            if (problem.isPresent()) {
                return turn.read(state -> Reply.no(turn.phase(), ResponseCode.Simple.CANNOT, problem.get()));
            }
            var content = storable(text);
            if (content.isEmpty()) {
                return turn.read(state -> unknownEncoding(turn));
            }
            checked.add(new Checked(flags, message.date(), content.get()));
        }
        return held(turn, checked, then);
    }

    // A method of its own, for Eclipse's compiler makes a class that does not verify of the switch within the try.
    private static Content text(AppendData data, Catenation catenation) throws Catenation.Impossible {
        return switch (data) {
            case AppendData.Text(var content, var utf8) -> content;
            case AppendData.Catenate(var parts) -> catenation.of(parts);
        };
    }

    /** Goes on with messages whose octets are kept already: within the transaction nobody can wait for a disk. */
    private static Reply held(Turn turn, List<Checked> messages, Function<List<Checked>, Reply> then) {
        var holds = new ArrayList<Storage.Hold>();
        try {
            for (var message : messages) {
                holds.add(turn.context().store().hold(message.content()));
            }
            return then.apply(IntStream.range(0, messages.size()).mapToObj(i -> new Checked(messages.get(i).flags(),
                    messages.get(i).date(), holds.get(i).content())).toList());
        } finally {
            holds.forEach(Storage.Hold::close);
        }
    }

    private static Optional<String> problem(Turn turn, AppendData data, Content content) {
        if (content.size() == 0) {
            return Optional.of("A message has at least one octet.");
        }
        var headers = HeaderText.of(content);
        if (headers != HeaderText.ASCII && !turn.enabled().showsAsIs()) {
            return Optional.of("There is an octet beyond US-ASCII in a header: say ENABLE UTF8=ACCEPT first, and send"
                    + " the message as UTF8 (~{" + content.size() + "}) (RFC 6855 section 4).");
        }
        return headers == HeaderText.UNKNOWN && data.saysUtf8()
                ? Optional.of("The message is said to be UTF8, and a header of it is not in UTF-8.")
                : Optional.empty();
    }

    /** Puts a message into a folder, with those flags that the user may set; gives its UID. */
    static long deliver(Turn turn, Transaction t, Place to, Checked message) {
        return t.append(to.account(), to.folder().id(), to.rights().changeable(message.flags()),
                message.date() == null ? OffsetDateTime.now(turn.context().store().clock()) : message.date(),
                message.content()).uid();
    }

    /**
     * What is kept of a message: itself, or the same with its binary parts in base64, as BODY[] has to give it without
     * NUL (RFC 3516 sections 4.4 and 6). Empty when it holds a NUL that cannot be encoded.
     */
    private static Optional<Content> storable(Content content) {
        return content.hasNul() ? BinaryParts.encoded(content) : Optional.of(content);
    }

    private static Reply unknownEncoding(Turn turn) {
        return Reply.no(turn.phase(), ResponseCode.Simple.UNKNOWN_CTE,
                "There is a NUL in a header, around parts, or in a"
                + " part whose transfer encoding excludes it: such a message cannot be kept.");
    }
}

package dev.mailscope.server.imap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.BinaryParts;
import dev.mailscope.server.message.Content;

/** APPEND (RFC 3501 section 6.3.11); of several messages all arrive, or none (RFC 3502 section 6.3.11). */
final class Append {
    private Append() {
    }

    static Reply run(Turn turn, ImapCommand.Append command) {
        if (command.messages().stream().anyMatch(message -> message.content().size() == 0)) {
            return turn.read(state -> Reply.no(turn.phase(), ResponseCode.Simple.CANNOT,
                    "A message has at least one octet."));
        }
        var flags = new ArrayList<Flags>();
        try {
            command.messages().forEach(message -> flags.add(Flags.of(message.flags())));
        } catch (IllegalArgumentException e) {
            return turn.read(state -> Store.unknownFlag(turn));
        }
        var contents = new ArrayList<Content>();
        for (var message : command.messages()) {
            var content = storable(message.content());
            if (content.isEmpty()) {
                return turn.read(state -> unknownEncoding(turn));
            }
            contents.add(content.get());
        }
        return turn.change(t -> append(turn, command, flags, contents, t));
    }

    private static Reply append(Turn turn, ImapCommand.Append command, List<Flags> flags,
            List<Content> contents, Transaction t) {
        var folder = Copy.destination(turn, t, command.mailbox());
        if (folder.isEmpty()) {
            return Copy.missing(turn, command.mailbox());
        }
        var now = OffsetDateTime.now(turn.context().store().clock());
        var uids = new long[flags.size()];
        for (var i = 0; i < uids.length; i++) {
            var message = command.messages().get(i);
            uids[i] = t.append(turn.account(), folder.get().id(),
                    Store.spelled(flags.get(i), folder.get()),
                    message.date() == null ? now : message.date(), contents.get(i)).uid();
        }
        return Reply.ok(turn.phase(), (uids.length == 1 ? "Message" : uids.length + " messages") + " appended to " + turn.name(folder.get().name()) + ".")
                .with(new ResponseCode.AppendUid(folder.get().uidValidity(), uids));
    }

    /**
     * What is kept of a message: itself, or the same with its binary parts in base64, as BODY[] has to give it without
     * NUL (RFC 3516 sections 4.4 and 6). Empty when it holds a NUL that cannot be encoded.
     */
    static Optional<Content> storable(Content content) {
        var octets = content.octets();
        return BinaryParts.haveNul(octets) ? BinaryParts.encoded(octets).map(Content::of) : Optional.of(content);
    }

    static Reply unknownEncoding(Turn turn) {
        return Reply.no(turn.phase(), ResponseCode.Simple.UNKNOWN_CTE, "There is a NUL in a header, around parts, or in a"
                + " part whose transfer encoding excludes it: such a message cannot be kept.");
    }
}

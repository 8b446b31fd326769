package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.message.OrderedSubject;
import dev.mailscope.server.message.ReferencesThreading;
import dev.mailscope.server.message.ThreadMember;

/** THREAD and UID THREAD (RFC 5256 section 3). */
final class Threads {
    private Threads() {
    }

    static Reply run(Turn turn, ImapCommand.Thread command) {
        return Search.find(turn, command.key(), command.charset(), true, found -> {
            var members = found.stream().map(candidate -> new ThreadMember(candidate.sortKeys(), candidate.sent()))
                    .toList();
            var forest = switch (command.algorithm()) {
                case ORDEREDSUBJECT -> OrderedSubject.thread(members);
                case REFERENCES -> ReferencesThreading.thread(members);
            };
            var numbers = Outcome.of(found, command.uid(), false).numbers();
            return Search.completed(turn, found).saying(new Response.Thread(forest, numbers));
        });
    }
}

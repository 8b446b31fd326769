package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;

/** What a client is told unasked, as responses (RFC 3501 sections 5.2 and 7). */
final class Notices {
    private Notices() {
    }

    /**
     * The notices in their order.
     *
     * @param before the view before they are told
     * @param uid    true to name the UID with changed flags (RFC 3501 section 6.4.8)
     */
    static Iterable<Response> responses(FolderView before, FolderView.Telling telling, Enabled enabled, boolean uid) {
        var first = new ArrayList<Response>();
        var last = new ArrayList<Response>();
        var gone = telling.notices().stream().filter(Notice.Expunged.class::isInstance)
                .mapToLong(notice -> ((Notice.Expunged) notice).uid()).toArray();
        if (enabled.qresync() && gone.length > 0) {
            first.add(new Response.Vanished(false, SequenceSet.of(gone)));
        }
        var recent = telling.notices().stream().filter(Notice.Arrived.class::isInstance)
                .mapToInt(notice -> ((Notice.Arrived) notice).recent()).findFirst().orElse(before.recent());
        if (telling.next().recent() != recent && !enabled.rev2()) {
            last.add(new Response.Recent(telling.next().recent()));
        }
        // Each is made when its turn comes: there may be a hundred thousand, and a client that does not read them.
        Iterable<Response> each = () -> telling.notices().stream().flatMap(notice -> responses(notice, enabled, uid))
                .iterator();
        return new Joined<>(List.of(first, each, last));
    }

    private static Stream<Response> responses(Notice notice, Enabled enabled, boolean uid) {
        return switch (notice) {
            case Notice.Expunged(var sequence, var gone) -> enabled.qresync() ? Stream.empty()
                    : Stream.of(new Response.Expunge(sequence));
            case Notice.Arrived(var exists, var now, var uids) -> enabled.rev2()
                    ? Stream.of(new Response.Exists(exists))
                    : Stream.of(new Response.Exists(exists), new Response.Recent(now));
            case Notice.FlagsChanged changed -> Stream.of(Fetched.flags(changed, enabled, uid));
        };
    }

    /**
     * The flags there are in the open folder and which can be changed, told anew when a keyword has come (RFC 3501
     * section 7.2.6) or the rights are others (RFC 4314 section 5.1.1).
     */
    static List<Response> flags(Folder folder, Phase.Selected open, Rights rights) {
        var responses = new ArrayList<Response>();
        var readOnly = open.view().readOnly();
        if (folder.keywords().size() > open.keywords()
                || !readOnly && !permanent(folder, rights).equals(permanent(folder, open.rights()))) {
            responses.add(flags(folder));
            responses.add(permanentFlags(folder, readOnly ? Rights.NONE : rights));
        }
        if (!readOnly && rights.canChange() != open.rights().canChange()) {
            responses.add(rights.canChange() ? ok(ResponseCode.Simple.READ_WRITE, "The folder can be changed now.")
                    : ok(ResponseCode.Simple.READ_ONLY, "The folder can only be read now."));
        }
        return responses;
    }

    /** Up to where the client has been told all. */
    static Response highestModSeq(long modSeq) {
        return ok(new ResponseCode.HighestModSeq(modSeq), "All is told up to here.");
    }

    /** Good news of no command in particular. */
    static Response ok(ResponseCode code, String text) {
        return new Response.Status(null, Response.Condition.OK, code, text);
    }

    static Response flags(Folder folder) {
        return new Response.Flags(names(folder));
    }

    /** Which flags can be changed with those rights. */
    static Response permanentFlags(Folder folder, Rights rights) {
        var names = permanent(folder, rights);
        return Notices.ok(new ResponseCode.PermanentFlags(names), names.isEmpty() ? "No flag can be changed."
                : takesKeywords(folder, rights) ? "These flags, and new keywords, can be changed."
                : "These flags can be changed.");
    }

    /** Where a folder has as many keywords as it may, the client has to know (RFC 9051 section 7.1). */
    private static boolean takesKeywords(Folder folder, Rights rights) {
        return rights.has(Right.WRITE) && folder.keywords().size() < Folder.MOST_KEYWORDS;
    }

    private static List<String> permanent(Folder folder, Rights rights) {
        var names = names(folder);
        names.removeIf(name -> !rights.canChange(name));
        if (takesKeywords(folder, rights)) {
            names.add("\\*");
        }
        return names;
    }

    private static List<String> names(Folder folder) {
        var names = new ArrayList<>(Flags.systemNames());
        names.addAll(folder.keywords());
        return names;
    }
}

package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapCommand.GetMetadata.Depth;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Annotations;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Place;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.session.Limits;

/** GETMETADATA and SETMETADATA (RFC 5464): what is noted about folders, selectable or not, and about the server. */
final class Metadata {
    /** What a folder is for: no note, but the same as CREATE's USE and LIST's SPECIAL-USE (RFC 6154 section 4). */
    private static final String SPECIAL_USE = "/private/specialuse";
    /** Whom to ask; it is the server's to set (RFC 5464 section 3.2.1.1). */
    private static final String ADMIN = "/shared/admin";

    private Metadata() {
    }

    static Reply get(Turn turn, ImapCommand.GetMetadata command) {
        return turn.read(state -> {
            var account = turn.account(state);
            SortedMap<String, String> all;
            var name = "";
            if (command.mailbox().isEmpty()) {
                all = ofServer(account, state.annotations());
            } else {
                var place = place(turn, state, command.mailbox());
                name = place.name();
                all = ofPlace(turn.reach(state), place);
            }
            var values = wanted(all, command.entries(), command.depth());
            var tooLong = values.values().stream().flatMap(Optional::stream).mapToLong(String::length)
                    .filter(octets -> octets > command.maxSize().orElse(Long.MAX_VALUE)).max();
            values.values().removeIf(value -> value.isPresent()
                    && value.get().length() > command.maxSize().orElse(Long.MAX_VALUE));
            var ok = Reply.ok(turn.phase(), "GETMETADATA completed.");
            var reply = values.isEmpty() ? ok : ok.saying(new Response.Metadata(name, values));
            return tooLong.isEmpty() ? reply : reply.with(new ResponseCode.MetadataLongEntries(tooLong.getAsLong()));
        });
    }

    /**
     * What LIST tells of a folder: the same as GETMETADATA of these entries (RFC 9590 section 3), so nothing where the
     * user may not know of them.
     */
    static Optional<Response> of(Reach reach, Place place, List<String> entries) {
        return mayBeTold(place) ? Optional.of(new Response.Metadata(place.name(),
                wanted(ofPlace(reach, place), entries, Depth.ZERO))) : Optional.empty();
    }

    private static SortedMap<String, String> ofPlace(Reach reach, Place place) {
        return ofFolder(reach.annotations(place),
                place.account().equals(reach.own().name()) ? place.folder().uses() : Set.of());
    }

    private static boolean mayBeTold(Place place) {
        return place.rights().hasAny(Right.READ, Right.SEEN, Right.WRITE, Right.INSERT, Right.POST);
    }

    /** All is set, or nothing. */
    static Reply set(Turn turn, ImapCommand.SetMetadata command) {
        var limits = turn.context().limits();
        if (command.values().values().stream().flatMap(Optional::stream)
                .anyMatch(value -> value.length() > limits.annotation())) {
            return turn.read(state -> Reply.no(turn.phase(), largest(limits),
                    "The value of an entry has at most " + limits.annotation() + " octets."));
        }
        return turn.change(t -> {
            var account = turn.account(t.state());
            if (command.mailbox().isEmpty()) {
                return setServer(turn, command.values(), account, t);
            }
            return setFolder(turn, command.values(), account, place(turn, t.state(), command.mailbox()), t);
        });
    }

    /** The code that says how large a value can be: no larger than a literal either. */
    static ResponseCode largest(Limits limits) {
        return new ResponseCode.MetadataMaxSize(Math.min(limits.annotation(), limits.imapLine()));
    }

    private static Reply setServer(Turn turn, Map<String, Optional<String>> values, Account account, Transaction t) {
        if (values.containsKey(ADMIN)) {
            return Reply.no(turn.phase(), ResponseCode.Simple.NOPERM, "Entry " + ADMIN + " is for the server to set.");
        }
        var shared = new TreeMap<String, Optional<String>>();
        var own = new TreeMap<String, Optional<String>>();
        values.forEach((entry, value) -> (Annotations.isShared(entry) ? shared : own).put(entry, value));
        if (tooMany(turn, t.state().annotations(), shared) || tooMany(turn, account.annotations(Account.SERVER), own)) {
            return tooMany(turn);
        }
        values.forEach((entry, value) -> t.annotateServer(account.name(), entry, value));
        return done(turn);
    }

    /** The folder, where the user may know of what is noted of it (RFC 5464 section 3.3). */
    private static Place place(Turn turn, ServerState state, String mailbox) {
        var place = turn.place(state, mailbox, Right.LOOKUP);
        if (!mayBeTold(place)) {
            throw new MailboxException(MailboxException.Reason.NOPERM, turn.verb() + " needs one of the rights rswip on"
                    + " folder " + turn.name(mailbox) + ", and " + turn.account() + " has none.");
        }
        return place;
    }

    private static Reply setFolder(Turn turn, Map<String, Optional<String>> values, Account account, Place place,
            Transaction t) {
        var notes = new LinkedHashMap<>(values);
        var use = notes.remove(SPECIAL_USE);
        var id = place.folder().id();
        if (tooMany(turn, t.account(place.account()).annotations(id), account.annotations(id), notes)) {
            return tooMany(turn);
        }
        if (use != null) {
            if (!place.account().equals(account.name())) {
                throw new MailboxException(MailboxException.Reason.NOPERM, "Its owner says what a folder is for.");
            }
            t.setSpecialUses(account.name(), id, use.map(Metadata::uses).orElse(List.of()));
        }
        notes.forEach((entry, value) -> t.annotate(Annotations.isShared(entry) ? place.account() : account.name(),
                place.account(), id, entry, value));
        return done(turn);
    }

    /** For the owner of a folder, and for another user: everybody's entries are the owner's. */
    private static boolean tooMany(Turn turn, Map<String, String> owners, Map<String, String> own,
            Map<String, Optional<String>> notes) {
        if (owners == own) {
            return tooMany(turn, own, notes);
        }
        var shared = new TreeMap<>(notes);
        var others = new TreeMap<>(notes);
        shared.keySet().removeIf(entry -> !Annotations.isShared(entry));
        others.keySet().removeIf(Annotations::isShared);
        return tooMany(turn, owners, shared) || tooMany(turn, own, others);
    }

    private static List<SpecialUse> uses(String value) {
        var uses = new ArrayList<SpecialUse>();
        for (var attribute : value.split(" ", -1)) {
            uses.add(Folders.use(attribute));
        }
        return uses;
    }

    private static boolean tooMany(Turn turn, Map<String, String> before, Map<String, Optional<String>> changes) {
        var after = new TreeMap<>(before);
        changes.forEach((entry, value) -> value.ifPresentOrElse(now -> after.put(entry, now),
                () -> after.remove(entry)));
        return after.size() > before.size() && after.size() > turn.context().limits().annotations();
    }

    private static Reply tooMany(Turn turn) {
        return Reply.no(turn.phase(), new ResponseCode.MetadataTooMany(), "There are at most "
                + turn.context().limits().annotations() + " entries with a value; nothing is set.");
    }

    private static Reply done(Turn turn) {
        return Reply.ok(turn.phase(), "SETMETADATA completed.");
    }

    /** What is noted of the server for the account: its own, and what is shared by everybody. */
    static SortedMap<String, String> ofServer(Account account, SortedMap<String, String> shared) {
        var all = new TreeMap<String, String>(account.annotations(Account.SERVER));
        all.putAll(shared);
        return all;
    }

    /** What is noted of a folder, and what it is for. */
    static SortedMap<String, String> ofFolder(SortedMap<String, String> annotations, Collection<SpecialUse> uses) {
        var all = new TreeMap<String, String>(annotations);
        if (!uses.isEmpty()) {
            all.put(SPECIAL_USE, uses.stream().map(SpecialUse::wireName).collect(Collectors.joining(" ")));
        }
        return all;
    }

    /** What is asked for; with a depth only what there is, unless there is nothing, as some response has to be. */
    private static Map<String, Optional<String>> wanted(SortedMap<String, String> all, List<String> entries,
            Depth depth) {
        var wanted = new LinkedHashMap<String, Optional<String>>();
        if (depth != Depth.ZERO) {
            for (var entry : entries) {
                all.tailMap(entry).forEach((name, value) -> {
                    if (isWithin(name, entry, depth)) {
                        wanted.put(name, Optional.of(value));
                    }
                });
            }
        }
        if (wanted.isEmpty()) {
            entries.forEach(entry -> wanted.put(entry, Optional.ofNullable(all.get(entry))));
        }
        return wanted;
    }

    private static boolean isWithin(String name, String entry, Depth depth) {
        return name.equals(entry) || name.startsWith(entry + '/')
                && (depth == Depth.INFINITY || name.indexOf('/', entry.length() + 1) < 0);
    }
}

package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapCommand.GetMetadata.Depth;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Annotations;
import dev.mailscope.server.mailbox.Folder;
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
            if (command.mailbox().isEmpty()) {
                all = ofServer(account, state.annotations());
            } else {
                var folder = account.folder(command.mailbox());
                if (folder.isEmpty()) {
                    return Reply.noFolder(turn, turn.phase(), command.mailbox());
                }
                all = ofFolder(account, folder.get());
            }
            var values = wanted(all, command.entries(), command.depth());
            var tooLong = values.values().stream().flatMap(Optional::stream).mapToLong(String::length)
                    .filter(octets -> octets > command.maxSize().orElse(Long.MAX_VALUE)).max();
            values.values().removeIf(value -> value.isPresent()
                    && value.get().length() > command.maxSize().orElse(Long.MAX_VALUE));
            var ok = Reply.ok(turn.phase(), "GETMETADATA completed.");
            var reply = values.isEmpty() ? ok : ok.saying(new Response.Metadata(command.mailbox(), values));
            return tooLong.isEmpty() ? reply : reply.with(new ResponseCode.MetadataLongEntries(tooLong.getAsLong()));
        });
    }

    /** What LIST tells of a folder: the same as GETMETADATA of these entries (RFC 9590 section 3). */
    static Response of(Account account, Folder folder, List<String> entries) {
        return new Response.Metadata(folder.name(), wanted(ofFolder(account, folder), entries, Depth.ZERO));
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
            var folder = account.folder(command.mailbox());
            return folder.isEmpty() ? Reply.noFolder(turn, turn.phase(), command.mailbox())
                    : setFolder(turn, command.values(), account, folder.get(), t);
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

    private static Reply setFolder(Turn turn, Map<String, Optional<String>> values, Account account, Folder folder,
            Transaction t) {
        var notes = new LinkedHashMap<>(values);
        var use = notes.remove(SPECIAL_USE);
        if (tooMany(turn, account.annotations(folder.id()), notes)) {
            return tooMany(turn);
        }
        if (use != null) {
            t.setSpecialUses(account.name(), folder.id(), use.map(Metadata::uses).orElse(List.of()));
        }
        notes.forEach((entry, value) -> t.annotate(account.name(), folder.id(), entry, value));
        return done(turn);
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
    static SortedMap<String, String> ofFolder(Account account, Folder folder) {
        var all = new TreeMap<String, String>(account.annotations(folder.id()));
        if (!folder.uses().isEmpty()) {
            all.put(SPECIAL_USE, folder.uses().stream().map(SpecialUse::wireName).collect(Collectors.joining(" ")));
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

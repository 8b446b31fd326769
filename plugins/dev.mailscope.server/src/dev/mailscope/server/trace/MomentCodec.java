package dev.mailscope.server.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.ServerState;

/**
 * Reads moments from octets: the checkpoint at the beginning of a segment, as {@link MomentEncoder} writes it. What
 * follows from the rest (indexes, counters) is not in there; what a session knows of a message is only where it differs
 * from what the folder holds.
 */
final class MomentCodec {
    // Version 1, which no release wrote, knew of no special uses; version 2 knew of no quotas and annotations;
    // version 3 knew of no access lists; version 4 knew of no devices; before version 6, what a session has been told
    // was written message by message; version 6 did not know who had logged in.
    static final int VERSION = 7;
    private static final int OLDEST = 2;
    // What a session has been told, compared with its folder: all of it; message by message; all but some.
    static final int TOLD_ALL = 1;
    private static final int TOLD_SOME = 2;
    static final int TOLD_OTHERWISE = 3;

    private MomentCodec() {
    }

    /** The moment of those octets. IOException when they are damaged or of a newer version. */
    static Moment decode(byte[] sealed, Decoder.Contents contents) throws IOException {
        return decode(sealed, contents, Moment.START);
    }

    /** The same, sharing what is no different in another moment of the recording. */
    static Moment decode(byte[] sealed, Decoder.Contents contents, Moment near) throws IOException {
        var from = new Decoder(sealed, contents);
        var in = from.in;
        var version = in.octet();
        if (version < OLDEST || version > VERSION) {
            throw new IOException("a checkpoint of format " + version + ", where " + OLDEST + " to " + VERSION
                    + " can be read");
        }
        var number = in.number();
        var stateVersion = in.number();
        var modSeq = in.number();
        var lastUidValidity = in.number();
        var lastFolderId = in.number();
        var accounts = new TreeMap<String, Account>();
        for (var left = in.count(); left > 0; left--) {
            var account = account(version, near.server(), from);
            accounts.put(account.name(), account);
        }
        var server = new ServerState(stateVersion, modSeq, lastUidValidity, lastFolderId,
                TreePMap.fromSortedMap(accounts), version < 3 ? TreePMap.empty() : from.annotations());
        var sessions = new TreeMap<Long, SessionState>();
        for (var left = in.count(); left > 0; left--) {
            var session = session(version, server, from);
            sessions.put(session.number(), session);
        }
        return new Moment(number, server, TreePMap.fromSortedMap(sessions),
                version < 5 ? TreePMap.empty() : devices(from));
    }

    private static TreePMap<String, DeviceState> devices(Decoder from) throws IOException {
        var devices = TreePMap.<String, DeviceState>empty();
        for (var left = from.in.count(); left > 0; left--) {
            var said = from.device();
            var sessions = new ArrayList<Long>();
            for (var more = from.in.count(); more > 0; more--) {
                sessions.add(from.in.number());
            }
            devices = devices.plus(said.name(), new DeviceState(said, TreePSet.from(sessions)));
        }
        return devices;
    }

    private static Account account(int version, ServerState near, Decoder from) throws IOException {
        var name = from.name();
        var folders = new TreeMap<String, Folder>();
        var names = HashTreePMap.<Long, String>empty();
        for (var left = from.in.count(); left > 0; left--) {
            var folder = folder(version, name, near, from);
            folders.put(folder.name(), folder);
            names = names.plus(folder.id(), folder.name());
        }
        var subscriptions = new ArrayList<String>();
        for (var left = from.in.count(); left > 0; left--) {
            subscriptions.add(from.name());
        }
        return new Account(name, TreePMap.fromSortedMap(folders), names, TreePSet.from(subscriptions),
                version < 3 ? Quota.NONE : from.quota(), version < 3 ? HashTreePMap.empty() : annotations(from));
    }

    private static PMap<Long, TreePMap<String, String>> annotations(Decoder from) throws IOException {
        var all = HashTreePMap.<Long, TreePMap<String, String>>empty();
        for (var left = from.in.count(); left > 0; left--) {
            all = all.plus(from.in.number(), from.annotations());
        }
        return all;
    }

    private static Folder folder(int version, String account, ServerState near, Decoder from) throws IOException {
        var in = from.in;
        var id = in.number();
        var name = from.name();
        var uidValidity = in.number();
        var uidNext = in.number();
        var modSeq = in.number();
        var recentFrom = in.number();
        var selectable = in.bool();
        var messages = new FolderMessages(near.folder(account, id).orElse(null));
        for (var left = in.count(); left > 0; left--) {
            messages.add(from.message(messages::known));
        }
        messages.end();
        var vanished = new TreeMap<Long, Long>();
        for (var left = in.count(); left > 0; left--) {
            vanished.put(in.number(), in.number());
        }
        var forgottenAt = in.number();
        var keywords = new ArrayList<String>();
        for (var left = in.count(); left > 0; left--) {
            keywords.add(from.name());
        }
        return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, selectable,
                messages.messages(), messages.byModSeq(), TreePMap.fromSortedMap(vanished), forgottenAt,
                TreePSet.from(String.CASE_INSENSITIVE_ORDER, keywords), messages.unseen(), messages.octets(),
                TreePSet.from(from.specialUses()), version < 4 ? AccessList.ofOwner(account) : from.access());
    }

    private static SessionState session(int version, ServerState server, Decoder from) throws IOException {
        var in = from.in;
        var number = in.number();
        var protocol = from.name();
        var peer = in.text();
        var local = from.name();
        var phase = from.name();
        var account = from.name();
        var folderId = in.number();
        var folder = from.name();
        var readOnly = in.bool();
        var told = told(held(server, account, folderId), from);
        List<Long> marked = new ArrayList<>();
        for (var left = in.count(); left > 0; left--) {
            marked.add(in.number());
        }
        return new SessionState(number, protocol, peer, local, phase, account, folderId, folder, readOnly, told,
                TreePSet.from(marked), in.number(), version < 7 ? "" : from.name());
    }

    private static TreePMap<Long, Message> told(TreePMap<Long, Message> held, Decoder from) throws IOException {
        return switch (from.in.octet()) {
            case TOLD_ALL -> held;
            case TOLD_SOME -> toldSome(held, from);
            case TOLD_OTHERWISE -> {
                var told = held;
                for (var left = from.in.count(); left > 0; left--) {
                    told = told.minus(from.in.number());
                }
                for (var left = from.in.count(); left > 0; left--) {
                    var message = from.message();
                    told = told.plus(message.uid(), message);
                }
                yield told;
            }
            default -> throw new IOException("damaged: what a session has been told is in no known form");
        };
    }

    private static TreePMap<Long, Message> toldSome(TreePMap<Long, Message> held, Decoder from) throws IOException {
        var in = from.in;
        var told = new TreeMap<Long, Message>();
        for (var left = in.count(); left > 0; left--) {
            var message = in.bool() ? held.get(in.number()) : from.message();
            if (message == null) {
                throw new IOException("damaged: a session knows of a message that is not there");
            }
            told.put(message.uid(), message);
        }
        return TreePMap.fromSortedMap(told);
    }

    static TreePMap<Long, Message> held(ServerState server, String account, long folderId) {
        return server.folder(account, folderId).map(Folder::messages).orElse(TreePMap.empty());
    }
}

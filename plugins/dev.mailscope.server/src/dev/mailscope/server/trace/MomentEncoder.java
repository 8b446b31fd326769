package dev.mailscope.server.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;

/**
 * Writes the moments of one recording as octets, for {@link MomentCodec} to read. Between two of them little changes:
 * what changed last is written last, and what is before it is kept from the moment before. For one thread.
 */
final class MomentEncoder {
    /** Hears of the contents that a moment refers to. */
    interface Uses {
        /** It refers to this one. */
        void of(Content content);

        /** It refers to the first so many of those that the moment before did, in that order, and to no others yet. */
        default void again(int first) {
            // for who only gathers them
        }
    }

    private record AccountHead(String name, int folders) {
    }

    private record AccountEnd(TreePSet<String> subscriptions, Quota quota,
            PMap<Long, TreePMap<String, String>> annotations) {
    }

    private record Written(Object part, Encoder.Mark end) {
    }

    private final Encoder to = new Encoder(this::tell);
    // The parts of what the server held, as they were written for the moment before.
    private final List<Written> parts = new ArrayList<>();
    private Uses uses;
    private ServerState server;

    /** The moment's octets; tells of each content it refers to. */
    byte[] encode(Moment moment, Uses toldOf) {
        uses = toldOf;
        server = moment.server();
        server(parts(server));
        to.out.number(moment.sessions().size());
        moment.sessions().values().forEach(this::session);
        to.out.number(moment.devices().size());
        moment.devices().values().forEach(device -> {
            to.device(device.said());
            to.out.number(device.sessions().size());
            device.sessions().forEach(to.out::number);
        });
        var whole = new BinaryOutput();
        whole.octet(MomentCodec.VERSION);
        whole.number(moment.number());
        whole.number(server.version());
        whole.number(server.modSeq());
        whole.number(server.lastUidValidity());
        whole.number(server.lastFolderId());
        whole.number(server.accounts().size());
        return whole.seal(to.out);
    }

    private void tell(Content content) {
        uses.of(content);
    }

    /** What is to be written of the server, in that order. */
    private static List<Object> parts(ServerState state) {
        var parts = new ArrayList<Object>();
        var accounts = new ArrayList<>(state.accounts().values());
        accounts.sort(Comparator.comparingLong(MomentEncoder::changed));
        for (var account : accounts) {
            parts.add(new AccountHead(account.name(), account.folders().size()));
            account.folders().values().stream().sorted(Comparator.comparingLong(Folder::modSeq)).forEach(parts::add);
            parts.add(new AccountEnd(account.subscriptions(), account.quota(), account.annotations()));
        }
        parts.add(state.annotations());
        return parts;
    }

    /** The last modification sequence in an account. */
    private static long changed(Account account) {
        var last = 0L;
        for (var folder : account.folders().values()) {
            last = Math.max(last, folder.modSeq());
        }
        return last;
    }

    private void server(List<Object> now) {
        var same = 0;
        while (same < parts.size() && same < now.size() && isSame(parts.get(same).part(), now.get(same))) {
            same++;
        }
        var end = same == 0 ? Encoder.Mark.BEGINNING : parts.get(same - 1).end();
        parts.subList(same, parts.size()).clear();
        to.rewind(end);
        uses.again(end.contents());
        for (var part : now.subList(same, now.size())) {
            write(part);
            parts.add(new Written(part, to.mark()));
        }
    }

    // A folder that is equal and another one is rare, and takes long to find out.
    private static boolean isSame(Object written, Object part) {
        return written == part || !(part instanceof Folder) && written.equals(part);
    }

    @SuppressWarnings("unchecked")
    private void write(Object part) {
        switch (part) {
            case AccountHead(var name, var folders) -> {
                to.name(name);
                to.out.number(folders);
            }
            case Folder folder -> folder(folder);
            case AccountEnd(var subscriptions, var quota, var annotations) -> {
                to.out.number(subscriptions.size());
                subscriptions.forEach(to::name);
                to.quota(quota);
                to.out.number(annotations.size());
                annotations.forEach((id, some) -> {
                    to.out.number(id);
                    to.annotations(some);
                });
            }
            default -> to.annotations((Map<String, String>) part);
        }
    }

    private void folder(Folder folder) {
        var out = to.out;
        out.number(folder.id());
        to.name(folder.name());
        out.number(folder.uidValidity());
        out.number(folder.uidNext());
        out.number(folder.modSeq());
        out.number(folder.recentFrom());
        out.bool(folder.selectable());
        out.number(folder.messages().size());
        folder.messages().values().forEach(to::message);
        out.number(folder.vanished().size());
        folder.vanished().forEach((at, uid) -> {
            out.number(at);
            out.number(uid);
        });
        out.number(folder.forgottenAt());
        out.number(folder.keywords().size());
        folder.keywords().forEach(to::name);
        to.specialUses(folder.uses());
        to.access(folder.access());
    }

    private void session(SessionState session) {
        var out = to.out;
        out.number(session.number());
        to.name(session.protocol());
        out.text(session.peer());
        to.name(session.local());
        to.name(session.phase());
        to.name(session.account());
        out.number(session.folderId());
        to.name(session.folder());
        out.bool(session.readOnly());
        var held = MomentCodec.held(server, session.account(), session.folderId());
        if (session.told() == held) {
            out.octet(MomentCodec.TOLD_ALL);
        } else {
            out.octet(MomentCodec.TOLD_OTHERWISE);
            otherwise(session.told(), held);
        }
        out.number(session.marked().size());
        session.marked().forEach(out::number);
        out.number(session.connected());
        to.name(session.user());
    }

    // What is held and not told, and what is told and not, or otherwise, held.
    private void otherwise(TreePMap<Long, Message> told, TreePMap<Long, Message> held) {
        var untold = new ArrayList<Long>();
        var others = new ArrayList<Message>();
        var walk = told.values().iterator();
        var next = walk.hasNext() ? walk.next() : null;
        for (var message : held.values()) {
            while (next != null && next.uid() < message.uid()) {
                others.add(next);
                next = walk.hasNext() ? walk.next() : null;
            }
            if (next == null || next.uid() > message.uid()) {
                untold.add(message.uid());
            } else {
                if (!next.equals(message)) {
                    others.add(next);
                }
                next = walk.hasNext() ? walk.next() : null;
            }
        }
        for (; next != null; next = walk.hasNext() ? walk.next() : null) {
            others.add(next);
        }
        to.out.number(untold.size());
        untold.forEach(to.out::number);
        to.out.number(others.size());
        others.forEach(to::message);
    }
}

package dev.mailscope.server.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Content;

/**
 * Writes the moments of one recording as octets, for {@link MomentCodec} to read. Clients that only read make events
 * and change nothing: what the server holds is encoded anew only when it is another than in the moment before. For one
 * thread.
 */
final class MomentEncoder {
    private final Encoder to = new Encoder(this::tell);
    private final List<Content> contents = new ArrayList<>();
    private Consumer<Content> bodies;
    // What the server holds, and where its octets end; null while it is being encoded.
    private ServerState server;
    private Encoder.Mark end;

    /** The moment's octets; tells of each content it refers to. */
    byte[] encode(Moment moment, Consumer<Content> toldOf) {
        bodies = toldOf;
        if (moment.server() == server) {
            to.rewind(end);
            contents.forEach(toldOf);
        } else {
            server = null;
            contents.clear();
            to.rewind(Encoder.Mark.BEGINNING);
            server(moment.server());
            server = moment.server();
            end = to.mark();
        }
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
        whole.append(to.out);
        return whole.seal();
    }

    private void tell(Content content) {
        bodies.accept(content);
        if (server == null) {
            contents.add(content);
        }
    }

    private void server(ServerState state) {
        var out = to.out;
        out.number(state.version());
        out.number(state.modSeq());
        out.number(state.lastUidValidity());
        out.number(state.lastFolderId());
        out.number(state.accounts().size());
        for (var account : state.accounts().values()) {
            to.name(account.name());
            out.number(account.folders().size());
            account.folders().values().forEach(this::folder);
            out.number(account.subscriptions().size());
            account.subscriptions().forEach(to::name);
            to.quota(account.quota());
            out.number(account.annotations().size());
            account.annotations().forEach((id, annotations) -> {
                out.number(id);
                to.annotations(annotations);
            });
        }
        to.annotations(state.annotations());
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

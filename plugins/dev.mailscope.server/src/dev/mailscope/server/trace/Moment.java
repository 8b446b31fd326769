package dev.mailscope.server.trace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.ServerState;

/**
 * Everything as it was right after one event: what the server held, and what each session was in and had been told.
 * Immutable; {@link #after} is how one moment follows from another, live and in a replay alike.
 *
 * @param number   the event's number, 0 before the first
 * @param server   what the server held
 * @param sessions the open sessions by number
 * @param devices  the devices that have said what they are like, by name
 */
public record Moment(long number, ServerState server, TreePMap<Long, SessionState> sessions,
        TreePMap<String, DeviceState> devices) {
    private static final int MUCH = 8;

    /** Before the first event. */
    public static final Moment START = beginning(ServerState.EMPTY);

    /** Before the first event of a server that begins with that state. */
    static Moment beginning(ServerState state) {
        return new Moment(0, state, TreePMap.empty(), TreePMap.empty());
    }

    /** The moment after that event, which must be the next one. */
    public Moment after(TraceEvent event) {
        return switch (event.what()) {
            case What.StateChanged(var version, var changes) -> {
                var next = server;
                for (var change : changes) {
                    next = change.applyTo(next);
                }
                yield after(event, next.at(version));
            }
            case What.Connected connected -> new Moment(event.number(), server,
                    sessions.plus(event.session(), SessionState.connected(event, connected)),
                    calledBy(connected.peer(), event.session()));
            case What.Closed closed -> new Moment(event.number(), server, sessions.minus(event.session()), devices);
            case What.Device device -> new Moment(event.number(), server, sessions,
                    devices.plus(device.name(), said(device)));
            case What.PhaseChanged(var from, var to, var user) -> inSession(event, s -> s.withPhase(to, user));
            case What.ViewOpened view -> inSession(event, s -> s.opened(view, messagesOf(view)));
            case What.ViewClosed view -> inSession(event, SessionState::closedView);
            case What.Marked mark -> inSession(event, s -> s.withMark(mark.uid(), mark.deleted()));
            case What.Told told -> inSession(event, s -> told(s, told));
            case What.Received r -> numbered(event);
            case What.Command c -> numbered(event);
            case What.Rejected r -> numbered(event);
            case What.Response r -> numbered(event);
            case What.Sent s -> numbered(event);
            case What.TlsStarted t -> numbered(event);
            case What.CompressionStarted c -> numbered(event);
            case What.Remark r -> numbered(event);
            case What.Delivery d -> numbered(event);
            case What.Held h -> numbered(event);
            case What.Released r -> numbered(event);
            case What.Fault f -> numbered(event);
            case What.Replaced r -> numbered(event);
        };
    }

    /** The moment after a commit whose resulting state is known: nothing has to be applied twice. */
    Moment after(TraceEvent event, ServerState state) {
        return new Moment(event.number(), state, sessions, devices);
    }

    /** The same after the event of that number, which has changed nothing. */
    Moment at(long later) {
        return new Moment(later, server, sessions, devices);
    }

    private Moment numbered(TraceEvent event) {
        return at(event.number());
    }

    // A device says from where it speaks, and the server sees who has connected: either may come first.
    private TreePMap<String, DeviceState> calledBy(String peer, long session) {
        var next = devices;
        for (var device : devices.values()) {
            if (device.said().peers().contains(peer)) {
                next = next.plus(device.said().name(), device.withSession(session));
            }
        }
        return next;
    }

    private DeviceState said(What.Device device) {
        var before = devices.get(device.name());
        var state = new DeviceState(device, before == null ? TreePSet.empty() : before.sessions());
        if (!device.peers().isEmpty()) {
            for (var session : sessions.values()) {
                if (device.peers().contains(session.peer())) {
                    state = state.withSession(session.number());
                }
            }
        }
        return state;
    }

    private Moment inSession(TraceEvent event, UnaryOperator<SessionState> step) {
        var session = sessions.get(event.session());
        return session == null ? numbered(event)
                : new Moment(event.number(), server, sessions.plus(event.session(), step.apply(session)), devices);
    }

    private TreePMap<Long, Message> messagesOf(What.ViewOpened view) {
        return server.folder(view.account(), view.folderId()).map(f -> f.messages()).orElse(TreePMap.empty());
    }

    private SessionState told(SessionState session, What.Told told) {
        var known = session.told();
        var held = server.folder(session.account(), session.folderId()).map(Folder::messages)
                .orElse(TreePMap.empty());
        // Who has just been told of much may know all: then many sessions share what the folder has.
        if (told.notices().size() > known.size() / MUCH && isAll(known, told.notices(), held)) {
            return session.withTold(held);
        }
        for (var notice : told.notices()) {
            switch (notice) {
                case Notice.Expunged(var sequence, var uid) -> known = known.minus(uid);
                case Notice.FlagsChanged changed -> {
                    var message = known.get(changed.uid());
                    if (message != null) {
                        var next = message.with(changed.flags(), changed.modSeq());
                        var live = held.get(changed.uid());
                        known = known.plus(changed.uid(), next.equals(live) ? live : next);
                    }
                }
                case Notice.Arrived arrived -> {
                    for (var uid : arrived.uids()) {
                        var message = held.get(uid);
                        if (message != null) {
                            known = known.plus(uid, message);
                        }
                    }
                }
            }
        }
        return session.withTold(known);
    }

    /** True when whoever knows those messages and is told that knows what the folder holds, and the same of it. */
    private static boolean isAll(TreePMap<Long, Message> known, List<Notice> notices, TreePMap<Long, Message> held) {
        var changed = new HashMap<Long, Notice.FlagsChanged>();
        var gone = new HashSet<Long>();
        var come = new HashSet<Long>();
        for (var notice : notices) {
            switch (notice) {
                case Notice.Expunged(var sequence, var uid) -> gone.add(uid);
                case Notice.FlagsChanged flags -> changed.put(flags.uid(), flags);
                case Notice.Arrived(var exists, var recent, var uids) -> come.addAll(uids);
            }
        }
        var before = known.values().iterator();
        for (var live : held.values()) {
            var uid = live.uid();
            var notice = changed.get(uid);
            if (come.contains(uid)) {
                if (notice != null || gone.contains(uid)) {
                    return false;
                }
                continue;
            }
            var message = next(before, gone);
            if (message == null || message.uid() != uid || !(notice == null ? message == live
                    : message.with(notice.flags(), notice.modSeq()).equals(live))) {
                return false;
            }
        }
        return next(before, gone) == null;
    }

    private static Message next(Iterator<Message> messages, Set<Long> gone) {
        while (messages.hasNext()) {
            var next = messages.next();
            if (gone.isEmpty() || !gone.contains(next.uid())) {
                return next;
            }
        }
        return null;
    }
}

package dev.mailscope.server.trace;

import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.message.Content;

/**
 * Events as octets, in blocks of neighbouring events: a version, the first number, then each event with what differs
 * from the one before; events of a run have what they share once. The kinds' numbers are part of the file format: a new
 * kind gets a new number, and whatever an old reader could not read gets a new version.
 */
final class EventCodec {
    /** The version of this format: 2 has {@link #RESPONSES}, 3 has {@link #RESPONSES_AGAIN}. */
    static final int VERSION = 3;
    private static final int RESPONSE = 7;
    /** Several neighbouring events: how many, the length of each response, then the octets of all. */
    private static final int RESPONSES = 24;
    /** The same of responses in a content: that, which of them is the first, and how many. */
    private static final int RESPONSES_AGAIN = 25;
    // A run is told as one: that takes as long as few events do, or few more where its octets are read over.
    private static final int STEPS_OF_RUN = 2;
    private static final int RUN_OF_ONE_STEP = 128;
    // A block that claims more, by responses in contents, is a stranger's: it could fill any memory.
    private static final int MOST_EVENTS = 1 << 18;
    private static final int MOST_OCTETS = 16 << 20;

    /** Collects events into a block. */
    static final class Block {
        private final Encoder to;
        private long first;
        private int count;
        private int steps;
        private long lastTime;

        /** A block that tells of each content before it refers to it. */
        Block(Consumer<Content> bodies) {
            to = new Encoder(bodies);
        }

        /** The number of the first event; meaningless while it is empty. */
        long first() {
            return first;
        }

        int count() {
            return count;
        }

        /** What it takes to tell a moment from the events, in events that may change it: responses never do. */
        int steps() {
            return steps;
        }

        /** The octets so far. */
        int size() {
            return to.out.size();
        }

        /** Adds the next event. */
        void add(TraceEvent event) {
            begin(event.number());
            columns(event.number(), event.time(), event.session(), event.protocol(), event.cause(), event.phase(),
                    event.folder(), event.command());
            what(event.what(), to);
            count++;
            steps++;
        }

        /**
         * Adds events of a run from that one of it on, counted from 0: one, and more as long as the block has fewer
         * octets than that. Gives how many of the run are in a block then.
         */
        int add(Run run, int from, int mostOctets) {
            var responses = run.responses();
            if (responses.isRepeated()) {
                addAgain(run, from);
                return run.count();
            }
            var start = responses.start(run.from() + from);
            var room = mostOctets - size();
            var next = from + 1;
            while (next < run.count() && responses.start(run.from() + next) - start < room) {
                next++;
            }
            if (next == from + 1) {
                add(run.event(run.first() + from));
                return next;
            }
            begin(run.first() + from);
            columns(run.first() + from, run.time(), run.session(), run.protocol(), run.cause(), run.phase(),
                    run.folder(), run.command());
            to.out.octet(RESPONSES);
            responses.writeTo(to.out, run.from() + from, run.from() + next);
            count += next - from;
            steps += STEPS_OF_RUN + (next - from) / RUN_OF_ONE_STEP;
            return next;
        }

        private void addAgain(Run run, int from) {
            begin(run.first() + from);
            columns(run.first() + from, run.time(), run.session(), run.protocol(), run.cause(), run.phase(),
                    run.folder(), run.command());
            to.out.octet(RESPONSES_AGAIN);
            to.content(run.responses().content());
            to.out.number(run.from() + from);
            to.out.number(run.count() - from);
            count += run.count() - from;
            steps += STEPS_OF_RUN;
        }

        private void begin(long number) {
            if (count == 0) {
                first = number;
                lastTime = 0;
                to.out.octet(VERSION);
                to.out.number(first);
            }
        }

        private void columns(long number, long time, long session, String protocol, long cause, String phase,
                String folder, String command) {
            var out = to.out;
            out.signed(time - lastTime);
            out.number(session);
            to.name(protocol);
            out.signed(number - cause);
            to.name(phase);
            to.name(folder);
            to.name(command);
            lastTime = time;
        }

        /** The block's octets; the next event begins a new one. */
        byte[] seal() {
            count = 0;
            steps = 0;
            return to.seal();
        }
    }

    private EventCodec() {
    }

    /** The events of a block. IOException when it is damaged or of a newer version. */
    static Events decode(byte[] block, Decoder.Contents contents) throws IOException {
        var from = new Decoder(block, contents);
        var version = from.in.octet();
        if (version < 1 || version > VERSION) {
            throw new IOException("events of format " + version + ", which is newer than " + VERSION);
        }
        var events = new Events(from.in.number());
        var time = 0L;
        while (!from.in.atEnd()) {
            time += from.in.signed();
            decode(events.first + events.size(), time, from, contents, events);
        }
        return events;
    }

    /** Adds the next event, or those of a run. */
    private static void decode(long number, long time, Decoder from, Decoder.Contents contents, Events into)
            throws IOException {
        var session = from.in.number();
        var protocol = from.name();
        var cause = number - from.in.signed();
        var phase = from.name();
        var folder = from.name();
        var command = from.name();
        var kind = from.in.octet();
        if (kind != RESPONSES && kind != RESPONSES_AGAIN) {
            into.add(new TraceEvent(number, time, session, protocol, cause, phase, folder, command, what(kind, from)),
                    1);
            return;
        }
        if (kind == RESPONSES) {
            var responses = Responses.readFrom(from.in);
            into.add(new Run(number, time, session, protocol, cause, phase, folder, command, responses, 0,
                    responses.count()), responses.count());
            return;
        }
        var content = from.content();
        var first = from.in.size();
        var count = from.in.size();
        if (count == 0 || count > MOST_EVENTS - into.size()) {
            throw new IOException("damaged: " + count + " responses in a block of " + into.size() + " events");
        }
        var responses = into.responses(content, contents);
        // What is lost changes nothing but what is shown of these events.
        into.add(count > responses.count() - first
                ? new Run(number, time, session, protocol, cause, phase, folder, command, Responses.lost(count), 0, count)
                : new Run(number, time, session, protocol, cause, phase, folder, command, responses, first,
                        first + count), count);
    }

    /** The events of a block; those of a run are made when somebody asks for them. */
    static final class Events extends AbstractList<TraceEvent> {
        private final long first;
        // Of each event: itself, or the run that it is one of.
        private Object[] entries = new Object[16];
        private int size;
        private final Map<Content, Responses> inContents = new HashMap<>();
        private long octets;

        private Events(long first) {
            this.first = first;
        }

        /** The responses in a content; none when they are lost. */
        private Responses responses(Content content, Decoder.Contents contents) throws IOException {
            var known = inContents.get(content);
            if (known != null) {
                return known;
            }
            octets += content.size();
            if (octets > MOST_OCTETS) {
                throw new IOException("damaged: a block of " + octets + " octets of responses");
            }
            try {
                known = contents.responses(content);
            } catch (IOException e) {
                known = Responses.lost(0);
            }
            inContents.put(content, known);
            return known;
        }

        private void add(Object entry, int count) {
            if (entries.length - size < count) {
                entries = Arrays.copyOf(entries, Math.max(2 * entries.length, size + count));
            }
            Arrays.fill(entries, size, size + count, entry);
            size += count;
        }

        /** The event at that place, or the run that it is one of. */
        Object entry(int index) {
            return entries[Objects.checkIndex(index, size)];
        }

        @Override
        public TraceEvent get(int index) {
            return entry(index) instanceof Run run ? run.event(first + index) : (TraceEvent) entries[index];
        }

        @Override
        public int size() {
            return size;
        }
    }

    private static void what(What what, Encoder to) {
        var out = to.out;
        switch (what) {
            case What.Connected(var peer, var local) -> {
                out.octet(1);
                out.text(peer);
                to.name(local);
            }
            case What.Received(var octets) -> {
                out.octet(2);
                to.octets(octets);
            }
            case What.Command(var tag) -> {
                out.octet(3);
                out.text(tag);
            }
            case What.Rejected(var tag, var problem, var offset) -> {
                out.octet(4);
                out.text(tag);
                to.name(problem);
                out.signed(offset);
            }
            case What.PhaseChanged(var from, var next, var user) -> {
                out.octet(user.isEmpty() ? 5 : 23);
                to.name(from);
                to.name(next);
                if (!user.isEmpty()) {
                    to.name(user);
                }
            }
            case What.StateChanged(var version, var changes) -> {
                out.octet(6);
                out.number(version);
                out.number(changes.size());
                changes.forEach(change -> ChangeCodec.encode(change, to));
            }
            case What.Response(var octets) -> {
                out.octet(RESPONSE);
                to.octets(octets);
            }
            case What.Sent(var octets, var first, var last) -> {
                out.octet(8);
                out.number(octets);
                out.number(first);
                out.signed(last - first);
            }
            case What.ViewOpened(var account, var folderId, var folder, var readOnly) -> {
                out.octet(9);
                to.name(account);
                out.number(folderId);
                to.name(folder);
                out.bool(readOnly);
            }
            case What.ViewClosed(var folder) -> {
                out.octet(10);
                to.name(folder);
            }
            case What.Marked(var number, var uid, var deleted) -> {
                out.octet(11);
                out.number(number);
                out.number(uid);
                out.bool(deleted);
            }
            case What.Told(var notices) -> {
                out.octet(12);
                out.number(notices.size());
                notices.forEach(notice -> notice(notice, to));
            }
            case What.Closed(var reason) -> {
                out.octet(13);
                out.text(reason);
            }
            case What.Remark(var text) -> {
                out.octet(14);
                out.text(text);
            }
            case What.TlsStarted(var protocol, var cipher, var clientSubject) -> {
                out.octet(15);
                to.name(protocol);
                to.name(cipher);
                to.name(clientSubject);
            }
            case What.CompressionStarted(var algorithm) -> {
                out.octet(16);
                to.name(algorithm);
            }
            case What.Delivery(var peer, var sender, var recipients) -> {
                out.octet(17);
                out.text(peer);
                out.text(sender);
                out.number(recipients.size());
                recipients.forEach(out::text);
            }
            case What.Held(var stop, var why) -> {
                out.octet(18);
                to.name(stop);
                out.text(why);
            }
            case What.Released(var stop, var decision) -> {
                out.octet(19);
                to.name(stop);
                out.text(decision);
            }
            case What.Fault(var stop, var decision, var name) -> {
                out.octet(20);
                to.name(stop);
                out.text(decision);
                out.text(name);
            }
            case What.Replaced(var octets, var toClient) -> {
                out.octet(21);
                to.octets(octets);
                out.bool(toClient);
            }
            case What.Device device -> {
                out.octet(22);
                to.device(device);
            }
        }
    }

    private static What what(int kind, Decoder from) throws IOException {
        var in = from.in;
        return switch (kind) {
            case 1 -> new What.Connected(in.text(), from.name());
            case 2 -> new What.Received(from.octets());
            case 3 -> new What.Command(in.text());
            case 4 -> new What.Rejected(in.text(), from.name(), (int) in.signed());
            case 5 -> new What.PhaseChanged(from.name(), from.name());
            case 6 -> {
                var version = in.number();
                var count = in.count();
                var changes = new ArrayList<Change>(count);
                for (var i = 0; i < count; i++) {
                    changes.add(ChangeCodec.decode(from));
                }
                yield new What.StateChanged(version, changes);
            }
            case RESPONSE -> new What.Response(from.octets());
            case 8 -> {
                var octets = in.number();
                var first = in.number();
                yield new What.Sent(octets, first, first + in.signed());
            }
            case 9 -> new What.ViewOpened(from.name(), in.number(), from.name(), in.bool());
            case 10 -> new What.ViewClosed(from.name());
            case 11 -> new What.Marked(in.size(), in.number(), in.bool());
            case 12 -> {
                var count = in.count();
                var notices = new ArrayList<Notice>(count);
                for (var i = 0; i < count; i++) {
                    notices.add(notice(from));
                }
                yield new What.Told(notices);
            }
            case 13 -> new What.Closed(in.text());
            case 14 -> new What.Remark(in.text());
            case 15 -> new What.TlsStarted(from.name(), from.name(), from.name());
            case 16 -> new What.CompressionStarted(from.name());
            case 17 -> {
                var peer = in.text();
                var sender = in.text();
                var count = in.count();
                var recipients = new ArrayList<String>(count);
                for (var i = 0; i < count; i++) {
                    recipients.add(in.text());
                }
                yield new What.Delivery(peer, sender, recipients);
            }
            case 18 -> new What.Held(from.name(), in.text());
            case 19 -> new What.Released(from.name(), in.text());
            case 20 -> new What.Fault(from.name(), in.text(), in.text());
            case 21 -> new What.Replaced(from.octets(), in.bool());
            case 22 -> from.device();
            case 23 -> new What.PhaseChanged(from.name(), from.name(), from.name());
            default -> throw new IOException("damaged: an unknown kind of event");
        };
    }

    private static void notice(Notice notice, Encoder to) {
        var out = to.out;
        switch (notice) {
            case Notice.Expunged(var sequence, var uid) -> {
                out.octet(1);
                out.number(sequence);
                out.number(uid);
            }
            case Notice.Arrived(var exists, var recent, var uids) -> {
                out.octet(2);
                out.number(exists);
                out.number(recent);
                out.number(uids.size());
                uids.forEach(out::number);
            }
            case Notice.FlagsChanged(var sequence, var uid, var flags, var recent, var modSeq) -> {
                out.octet(3);
                out.number(sequence);
                out.number(uid);
                to.flags(flags);
                out.bool(recent);
                out.number(modSeq);
            }
        }
    }

    private static Notice notice(Decoder from) throws IOException {
        var in = from.in;
        return switch (in.octet()) {
            case 1 -> new Notice.Expunged(in.size(), in.number());
            case 2 -> {
                var exists = in.size();
                var recent = in.size();
                var count = in.count();
                var uids = new ArrayList<Long>(count);
                for (var i = 0; i < count; i++) {
                    uids.add(in.number());
                }
                yield new Notice.Arrived(exists, recent, uids);
            }
            case 3 -> new Notice.FlagsChanged(in.size(), in.number(), from.flags(), in.bool(), in.number());
            default -> throw new IOException("damaged: an unknown kind of notice");
        };
    }
}

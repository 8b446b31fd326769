package dev.mailscope.server.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Commit;
import dev.mailscope.server.mailbox.CommitLog;
import dev.mailscope.server.mailbox.ServerState;

/**
 * A trace: its events in order, and everything as it was after each. A live one takes events and writes them to its
 * file, the newest stay in memory; one that was opened is only read. Any thread may use it.
 *
 * <p>Taking an event never waits for the disk. When the file can no longer be written, recording ends visibly and
 * events go on in memory alone; the oldest of them are then forgotten.
 */
public final class Recording implements CommitLog, AutoCloseable {
    /** What a recording is at. */
    public enum State {
        /** Events come, and are kept. */
        RECORDING,
        /** Nothing is written to the file any more: it was opened for reading, or writing has failed. */
        ENDED,
        /** It was closed: only what is in memory can still be read. */
        CLOSED
    }

    /**
     * How a recording does.
     *
     * @param state  what it is at
     * @param reason why it has ended, or what is damaged, in words; empty when all is well
     * @param bytes  the size of its file in octets, 0 when there is none
     * @param file   its file, null when there is none
     */
    public record Status(State state, String reason, long bytes, Path file) {
    }

    private static final long REPEATS = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 32);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final ReentrantLock lock = new ReentrantLock();
    private final RecordingLimits limits;
    private final Window window;
    private final Backlog backlog;
    private final Path path;
    private final TraceFile written;
    private final Recorder recorder;
    private final Notes notes = new Notes();
    private final Repeats repeats = new Repeats(REPEATS);
    // False for one that numbers events and keeps none.
    private final boolean keeps;
    private volatile Moment live;
    private volatile State state;
    private volatile String reason = "";
    // Reads the file; null when there is none, or it cannot be read any more.
    private volatile TraceReader reader;
    // True for a damaged recording whose last moment cannot be told: live is the newest one that can.
    private boolean liveIsOlder;
    private long time;

    private Recording(TraceFile file, RecordingLimits limits, State state, Moment start) {
        this.live = start;
        this.limits = limits;
        this.window = new Window(limits);
        this.backlog = new Backlog(lock, window, limits, new Writing());
        this.written = file;
        this.keeps = file != null || limits.windowEvents() > 0;
        this.reason = keeps ? "" : "no event is kept, as asked for";
        this.path = file == null ? null : file.path();
        this.reader = file == null ? null : new TraceReader(file);
        this.state = state;
        this.recorder = file != null && state == State.RECORDING ? new Recorder(file, backlog) : null;
    }

    /** A new recording in that file, which must not exist. IOException when it cannot be made. */
    public static Recording create(Path file, RecordingLimits limits) throws IOException {
        return create(file, limits, null, Moment.START);
    }

    /**
     * The same for a server that begins with that state. Whoever reads the recording finds the state before its first
     * event.
     */
    public static Recording create(Path file, RecordingLimits limits, ServerState start) throws IOException {
        return create(file, limits, null, Moment.beginning(start));
    }

    /** The same, with a disk that can be made to fail. */
    static Recording create(Path file, RecordingLimits limits, TraceFile.Disk disk) throws IOException {
        return create(file, limits, disk, Moment.START);
    }

    private static Recording create(Path file, RecordingLimits limits, TraceFile.Disk disk, Moment start)
            throws IOException {
        var recording = new Recording(TraceFile.create(file, limits, disk), limits, State.RECORDING, start);
        recording.backlog.begin();
        recording.recorder.start();
        return recording;
    }

    /** A recording without a file: it knows the newest events only. */
    public static Recording inMemory() {
        return inMemory(RecordingLimits.DEFAULT);
    }

    /** The same, keeping as many events as the limits say: with {@link RecordingLimits#NOTHING} none. */
    public static Recording inMemory(RecordingLimits limits) {
        return new Recording(null, limits, State.RECORDING, Moment.START);
    }

    /** The same for a server that begins with that state. */
    public static Recording inMemory(RecordingLimits limits, ServerState start) {
        return new Recording(null, limits, State.RECORDING, Moment.beginning(start));
    }

    /**
     * Opens a recording that has ended, for reading. One that was cut off by a crash, or is damaged, opens as far as it
     * can be read; its status says where that is. IOException, naming the file, when it is no recording, comes from a
     * newer version, or is being recorded.
     */
    public static Recording open(Path file) throws IOException {
        var trace = TraceFile.open(file);
        var recording = new Recording(trace, RecordingLimits.DEFAULT, State.ENDED, Moment.START);
        recording.opened(trace);
        return recording;
    }

    /**
     * Takes an event and gives it the next number. Never waits for the disk. IllegalStateException when the recording
     * was opened for reading.
     */
    public long record(long session, String protocol, long cause, String phase, String folder, String command,
            What what) {
        lock.lock();
        try {
            return add(session, protocol, cause, phase, folder, command, what, null);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an event for each of the responses that were made, which happen at once: gives the number of the first, the
     * others have the next ones.
     */
    public long record(long session, String protocol, long cause, String phase, String folder, String command,
            Responses.Builder made) {
        var responses = keeps ? repeats.of(made) : null;
        lock.lock();
        try {
            requireRecording();
            time = Math.max(time, micros(Instant.now()));
            var first = live.number() + 1;
            if (responses == null) {
                live = live.at(live.number() + made.count());
                return first;
            }
            if (responses.count() == 1) {
                return add(session, protocol, cause, phase, folder, command, new What.Response(responses.octets(0)),
                        null);
            }
            for (var from = 0; from < responses.count();) {
                var to = Math.min(responses.count(), from + window.room());
                var run = new Run(live.number() + 1, time, session, protocol, cause, phase, folder, command, responses,
                        from, to);
                var weight = run.weight();
                window.add(live, run, weight);
                live = live.at(live.number() + run.count());
                backlog.added(weight);
                from = to;
            }
            shrinkWindow();
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an event of what happened earlier, when somebody else recorded it: at that time, in microseconds since
     * 1970. No event is earlier than the one before it.
     */
    public long recordAt(long micros, long session, String protocol, long cause, String phase, String folder,
            String command, What what) {
        lock.lock();
        try {
            return add(micros, session, protocol, cause, phase, folder, command, what, null);
        } finally {
            lock.unlock();
        }
    }

    /** Waits while more events than the limits allow wait to be written. Hold no lock. */
    @Override
    public void awaitRoom() {
        backlog.awaitRoom();
    }

    /**
     * Waits until all that has been recorded is in the file, so that mail it refers to may go; does not wait where
     * there is no file, or none any more. Hold no lock that others need.
     */
    public void awaitWritten() {
        backlog.awaitWritten(last());
    }

    /** Records a transaction, with the session's columns as they are. */
    @Override
    public void committed(Commit commit) {
        lock.lock();
        try {
            var cause = commit.cause();
            var session = live.sessions().get(cause.session());
            add(cause.session(), session == null ? "" : session.protocol(), cause.event(),
                    session == null ? "" : session.phase(), folderOf(commit, session), cause.command(),
                    new What.StateChanged(commit.after().version(), commit.changes()), commit);
        } finally {
            lock.unlock();
        }
    }

    /** The number of the oldest event there is; one more than {@link #last} when there is none. */
    public long first() {
        lock.lock();
        try {
            var file = reader;
            var inMemory = window.isEmpty() ? live.number() + 1 : window.first();
            return file == null || file.isEmpty() ? inMemory : Math.min(file.first(), inMemory);
        } finally {
            lock.unlock();
        }
    }

    /** The number of the newest event; 0 before the first. */
    public long last() {
        return live.number();
    }

    /** An event; null when it has been dropped, is damaged, or has not happened yet. */
    public TraceEvent event(long number) {
        var found = events(number, 1);
        return found.isEmpty() || found.getFirst().number() != number ? null : found.getFirst();
    }

    /** The events from that number on, at most so many. Those that were dropped or are damaged are left out. */
    public List<TraceEvent> events(long from, int most) {
        return Run.events(entries(from, most));
    }

    /** The same, where neighbouring responses of one command may be a {@link Run}. */
    List<Object> entries(long from, int most) {
        var found = new ArrayList<Object>();
        var left = most;
        var next = Math.max(1, from);
        while (left > 0) {
            TraceReader file;
            long end;
            lock.lock();
            try {
                file = reader;
                end = window.isEmpty() ? live.number() : window.first() - 1;
                if (file == null || next > end) {
                    window.copy(Math.max(next, end + 1), left, found);
                    return found;
                }
            } finally {
                lock.unlock();
            }
            left -= file.read(next, end, left, found);
            next = end + 1;
        }
        return found;
    }

    /** Everything as it is after the newest event. */
    public Moment live() {
        return live;
    }

    /**
     * Everything as it was after that event; with the number before {@link #first}, as it was before the first.
     * IllegalArgumentException, saying why, when there is no such event or what leads to it is damaged.
     */
    public Moment at(long number) {
        TraceReader file;
        Window.Leading leading;
        lock.lock();
        try {
            var now = live;
            if (number == now.number() && !liveIsOlder) {
                return now;
            }
            if (number > now.number() || number < 0) {
                throw new IllegalArgumentException("There is no event " + number + "; the last one is " + now.number()
                        + ".");
            }
            leading = window.leadingTo(number);
            file = reader;
        } finally {
            lock.unlock();
        }
        if (leading == null) {
            if (file == null) {
                throw new IllegalArgumentException("Event " + number + " is no longer in memory, which begins with "
                        + first() + ".");
            }
            return file.at(number);
        }
        return leading.moment();
    }

    /** What has been noted on its events, by their numbers; does not change. */
    public SortedMap<Long, Note> notes() {
        return notes.all();
    }

    /**
     * Notes something on an event, in place of what was noted there; an empty text is a bookmark. A live recording has
     * it in its file as soon as an event of now; one that was opened, when this returns. Where there is no file, or it
     * can no longer be written, only memory has it. IllegalArgumentException when there is no such event, or there are
     * too many notes, or the text is too long; IOException, naming the file, when it cannot be written.
     */
    public Note note(long number, String text) throws IOException {
        var event = event(number);
        if (event == null) {
            throw new IllegalArgumentException("There is no event " + number + " on which something could be noted.");
        }
        var note = new Note(number, event.time(), micros(Instant.now()), text);
        change(number, Optional.of(note));
        return note;
    }

    /** Takes away what is noted on an event, if anything. IOException, naming the file, when it cannot be written. */
    public void removeNote(long number) throws IOException {
        change(number, Optional.empty());
    }

    private void change(long number, Optional<Note> note) throws IOException {
        var wasOpened = written != null && recorder == null;
        if (state == State.CLOSED) {
            throw new IOException((path == null ? "The recording" : path)
                    + " is closed; nothing can be noted in it any more");
        }
        if (wasOpened) {
            notes.change(number, note, () -> written.write(number, note.orElse(null)));
        } else {
            notes.change(number, note, () -> {
                lock.lock();
                try {
                    backlog.noted(number, note);
                } finally {
                    lock.unlock();
                }
            });
        }
    }

    /** How it does. */
    public Status status() {
        var file = reader;
        var damage = file == null ? "" : file.damage();
        var words = Stream.of(reason, damage, notes.damage()).filter(w -> !w.isEmpty())
                .collect(Collectors.joining("; "));
        return new Status(state, words, written == null ? 0 : written.size(), path);
    }

    /** Writes what is left, ends the recorder's thread and closes the file. What is in memory can still be read. */
    @Override
    public void close() {
        backlog.close();
        if (recorder != null) {
            recorder.join();
        }
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            reader = null;
            backlog.end();
        } finally {
            lock.unlock();
        }
        if (written != null) {
            written.close();
        }
    }

    /** The weight of the events that wait to be written. */
    long waiting() {
        return backlog.waiting();
    }

    /** True when the file may tell the moment before that event without the events before it. */
    boolean beginsSegment(long event) {
        var file = reader;
        return file != null && file.beginsSegment(event);
    }

    /** Everything up to that event is in the file. */
    long stored() {
        lock.lock();
        try {
            return backlog.committed();
        } finally {
            lock.unlock();
        }
    }

    private long add(long session, String protocol, long cause, String phase, String folder, String command,
            What what, Commit commit) {
        return add(micros(Instant.now()), session, protocol, cause, phase, folder, command, what, commit);
    }

    private long add(long micros, long session, String protocol, long cause, String phase, String folder,
            String command, What what, Commit commit) {
        requireRecording();
        var before = live;
        time = Math.max(time, micros);
        var event = new TraceEvent(before.number() + 1, time, session, protocol, cause, phase, folder, command, what);
        // Fails before anything is recorded when the event does not fit the state.
        var after = commit == null ? before.after(event) : before.after(event, commit.after());
        if (!keeps) {
            live = after;
            return event.number();
        }
        var weight = EventWeight.of(what, before.server());
        window.add(before, event, weight);
        live = after;
        backlog.added(weight);
        shrinkWindow();
        return event.number();
    }

    private void requireRecording() {
        if (state == State.ENDED && recorder == null) {
            throw new IllegalStateException(path + " was opened for reading; nothing can be recorded into it.");
        }
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000L + time.getNano() / 1_000;
    }

    private void shrinkWindow() {
        while (window.isOverfull()) {
            if (window.lastOfOldest() > backlog.committed()) {
                if (backlog.isWriting()) {
                    return; // it leaves once it is written
                }
                reader = null; // the file ends before this: from now on the recording is what is in memory
            }
            window.dropOldest();
        }
    }

    private void opened(TraceFile file) {
        var last = reader.findLast();
        var end = reader.latest(last);
        liveIsOlder = end.number() < last;
        live = new Moment(last, end.server(), end.sessions(), end.devices());
        if (file.isSalvaged()) {
            reader.findHoles(last);
        }
        if (!reader.damage().isEmpty() && file.isSalvaged()) {
            reason = "the file is damaged: the last event that can be read is " + last + at(event(last))
                    + ", which ends at octet " + file.endOf(last) + " of " + file.size();
        } else if (!file.hasEnd()) {
            reason = last == 0 ? "the recording was cut off before the first event"
                    : "the recording was cut off and ends with event " + last + at(event(last));
        }
        notes.load(file);
    }

    // When it happened, for a reader who looks at a clock.
    private static String at(TraceEvent event) {
        return event == null ? "" : " (" + TIME.format(event.instant().atZone(ZoneId.systemDefault())) + ")";
    }

    private static String folderOf(Commit commit, SessionState session) {
        for (var change : commit.changes()) {
            if (change instanceof Change.OfFolder ofFolder) {
                return ofFolder.folder();
            }
        }
        return session == null ? "" : session.folder();
    }

    private void recordingEnded(Throwable why) {
        var words = "it could not be written: " + TraceFile.reason(why);
        TraceReader rest = null;
        try {
            written.reopen();
            var again = new TraceReader(written);
            rest = again.findLast() >= stored() ? again : null;
        } catch (IOException e) {
            words += "; nor can it be read: " + e.getMessage();
        }
        lock.lock();
        try {
            state = State.ENDED;
            reason = words;
            reader = rest;
            backlog.end();
            add(0, "", 0, "", "", "", new What.Remark("Recording into " + path.getFileName() + " has ended: " + words
                    + ". The servers go on; the newest events are kept in memory."), null);
        } finally {
            lock.unlock();
        }
    }

    /** What writing means to the recording. */
    private final class Writing implements Backlog.Owner {
        @Override
        public void committed() {
            shrinkWindow();
        }

        @Override
        public void dropped(long number) {
            record(0, "", 0, "", "", "", new What.Remark("The events up to " + number
                    + " were dropped: the recording has reached its limit of " + limits.bytes() + " octets."));
        }

        @Override
        public void failed(Throwable why) {
            recordingEnded(why);
        }
    }
}

package dev.mailscope.server.imap.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.mailbox.Storage;

/**
 * Cuts a client's octets into commands before anything is parsed, so that a malformed command never harms the next
 * one. It is fed, then asked for frames until there is none; it does no input or output and belongs to one thread at
 * a time. A line ends with LF; the CR before it may be missing. A literal is recognised by the announcement
 * <code>{n}</code> or <code>{n+}</code> at the end of a line, wherever in a command that is (RFC 7888 section 3).
 */
public final class ImapFramer {
    /** How much text a command may have unless said otherwise, in octets. */
    public static final int DEFAULT_LINE = 64 * 1024;
    /** How many literals a command may have unless said otherwise. */
    public static final int DEFAULT_LITERALS = 1_000;
    /** How large the literals of a command may be together unless said otherwise, in octets. */
    public static final int DEFAULT_LITERAL_OCTETS = 64 * 1024 * 1024;

    // The longest announcement with its line end: {, 20 digits, +, }, CR, LF.
    private static final int ANNOUNCEMENT = 25;
    private static final int ROOM = 8 * 1024;
    // Thousands may idle, each with what its longest command so far has needed.
    private static final int FIRST_ROOM = 512;
    private static final byte[] NOTHING = {};

    /** What it had kept of a command when it gave its last frame. */
    private record Mark(State state, boolean lineExpected, List<RawCommand.Part> parts, int length, int textLength,
            int literals, long announced, boolean nonSync) {
    }

    private enum State {
        LINE, ANSWER_PENDING, LITERAL, SKIP_LITERAL, SKIP_LINE
    }

    private final int maxLine;
    private final int maxLiterals;
    private final int maxLiteralOctets;

    private byte[] buffer = NOTHING;
    private int start;
    private int scanned;
    private int end;

    private State state = State.LINE;
    private boolean lineExpected;
    private final List<RawCommand.Part> parts = new ArrayList<>();
    private int length;
    private int textLength;
    private int literals;
    private long announced;
    private boolean nonSync;
    private byte[] literal = NOTHING;
    // Where the literal goes when that is not memory; else null.
    private Storage.Arrival arrival;
    private int received;
    private long toSkip;
    private long skipped;
    private RawCommand refused;
    // Where the frame given last began, and where the next one does; null until that is asked for.
    private Mark before;
    private Mark mark;

    /** A framer with the default limits. */
    public ImapFramer() {
        this(DEFAULT_LINE, DEFAULT_LITERALS, DEFAULT_LITERAL_OCTETS);
    }

    /**
     * A framer with these limits, each for one command.
     *
     * @param maxLine          octets of text, announcements and line ends included
     * @param maxLiterals      number of literals
     * @param maxLiteralOctets octets in all its literals together
     */
    public ImapFramer(int maxLine, int maxLiterals, int maxLiteralOctets) {
        if (maxLine < 1 || maxLiterals < 0 || maxLiteralOctets < 0) {
            throw new IllegalArgumentException("limits must not be negative, and a line needs an octet");
        }
        this.maxLine = maxLine;
        this.maxLiterals = maxLiterals;
        // Offsets in a command are ints, so text and literals together must stay below.
        this.maxLiteralOctets = Math.min(maxLiteralOctets, Integer.MAX_VALUE - maxLine - ROOM);
    }

    /** Takes octets from the client; they are copied. Ask for {@link #next} until it gives nothing. */
    public void feed(byte[] octets, int offset, int count) {
        makeRoom(count);
        System.arraycopy(octets, offset, buffer, end, count);
        end += count;
    }

    /** The next frame, or null when more octets, or an answer to an announcement, are needed. */
    public Frame next() {
        if (mark == null) {
            mark = new Mark(state, lineExpected, List.copyOf(parts), length, textLength, literals, announced, nonSync);
        }
        var frame = read();
        if (frame != null) {
            before = mark;
            mark = null;
        }
        return frame;
    }

    private Frame read() {
        while (true) {
            var before = state;
            var frame = switch (before) {
                case LINE -> readLine();
                case ANSWER_PENDING -> null;
                case LITERAL -> readLiteral();
                case SKIP_LITERAL -> skipLiteral();
                case SKIP_LINE -> skipLine();
            };
            if (frame != null || state == before) {
                return frame;
            }
        }
    }

    /** Accepts the literal just announced. For a synchronizing one the client now has to be sent a continuation. */
    public void accept() {
        accept(null);
    }

    /** The same; its octets go into that arrival, which remains the caller's to close, unless it is null. */
    public void accept(Storage.Arrival large) {
        requireAnnouncement();
        if (overLimit() != null) {
            throw new IllegalStateException("over the limit: this literal can only be refused");
        }
        literals++;
        arrival = large;
        literal = large == null ? new byte[(int) Math.min(announced, ROOM)] : NOTHING;
        received = 0;
        state = State.LITERAL;
    }

    /**
     * Refuses the literal just announced, and with it the command. After a synchronizing one, which the client will
     * not send, the next octet starts a new command; otherwise a {@link Frame.Discarded} will tell when that is so.
     */
    public void refuse() {
        requireAnnouncement();
        if (nonSync) {
            refused = new RawCommand(parts);
            skip(announced);
        }
        freshCommand();
    }

    /** Makes the next line a {@link Frame.Line} of its own: a SASL response, or DONE. Only between two commands. */
    public void expectLine() {
        if (state != State.LINE || !parts.isEmpty()) {
            throw new IllegalStateException("in the middle of a command");
        }
        lineExpected = true;
        mark = null;
    }

    /**
     * Forgets the command, line or announcement it gave last as if it had never come, and gives the octets that came
     * after it and are not used yet, which it no longer has.
     */
    public byte[] takeBack() {
        var rest = Arrays.copyOfRange(buffer, start, end);
        consume(rest.length);
        state = before.state();
        lineExpected = before.lineExpected();
        parts.clear();
        parts.addAll(before.parts());
        length = before.length();
        textLength = before.textLength();
        literals = before.literals();
        announced = before.announced();
        nonSync = before.nonSync();
        // What takes its place comes into memory.
        arrival = null;
        literal = state == State.LITERAL ? new byte[(int) Math.min(announced, ROOM)] : NOTHING;
        received = 0;
        refused = null;
        mark = null;
        return rest;
    }

    /** Gives up a command whose literal has been accepted and not begun, as if it had been refused; expects no line. */
    public void abandon() {
        lineExpected = false;
        if (state == State.LITERAL) {
            state = State.ANSWER_PENDING;
            refuse();
        }
        mark = null;
    }

    /** How much of what is refused or too long has been thrown away, while that goes on; else 0. */
    public long thrownAway() {
        return state == State.SKIP_LINE || state == State.SKIP_LITERAL ? skipped : 0;
    }

    /** True when a literal has begun, accepted or refused, and is not whole. */
    public boolean isAmidLiteral() {
        return state == State.LITERAL || state == State.SKIP_LITERAL;
    }

    /** Throws away all that has not become a frame, and starts anew. Gives the number of octets thrown away. */
    public int discardBuffered() {
        var dropped = end - start + length + (state == State.LITERAL ? received : 0);
        start = 0;
        scanned = 0;
        end = 0;
        refused = null;
        lineExpected = false;
        mark = null;
        freshCommand();
        state = State.LINE;
        return dropped;
    }

    /**
     * The command that has begun and is not complete: what there is of it, up to the next line end. It may hold a
     * secret: {@link CommandParser#parse} says where. Empty between commands and while octets are being discarded.
     */
    public RawCommand pending() {
        if (state == State.SKIP_LINE || state == State.SKIP_LITERAL) {
            return RawCommand.EMPTY;
        }
        var all = new ArrayList<>(parts);
        var at = length;
        if (state == State.LITERAL && received > 0) {
            all.add(arrival == null ? new RawCommand.Literal(at, Arrays.copyOf(literal, received), null, nonSync)
                    : RawCommand.Literal.of(at, arrival.soFar(), nonSync));
            at += received;
        }
        var to = start;
        while (to < end && (to == start || buffer[to - 1] != '\n')) {
            to++;
        }
        if (to > start) {
            all.add(new RawCommand.Text(at, Arrays.copyOfRange(buffer, start, to)));
        }
        return all.isEmpty() ? RawCommand.EMPTY : new RawCommand(all);
    }

    private Frame readLine() {
        var found = findLineEnd();
        var count = (found ? scanned + 1 : end) - start;
        if (count > maxLine - textLength) {
            return tooLong();
        }
        if (!found) {
            return null;
        }
        var line = Arrays.copyOfRange(buffer, start, scanned + 1);
        consume(count);
        if (lineExpected) {
            lineExpected = false;
            return new Frame.Line(line);
        }
        parts.add(new RawCommand.Text(length, line));
        length += count;
        textLength += count;
        if (findAnnouncement(line, 0, line.length)) {
            state = State.ANSWER_PENDING;
            return new Frame.LiteralAnnounced(new RawCommand(parts), announced, nonSync, overLimit());
        }
        var whole = new Frame.Command(new RawCommand(parts));
        freshCommand();
        return whole;
    }

    private Frame tooLong() {
        var room = maxLine - textLength;
        if (room > 0) {
            parts.add(new RawCommand.Text(length, Arrays.copyOfRange(buffer, start, start + room)));
        }
        var frame = new Frame.TooLong(maxLine, new RawCommand(parts));
        // What could be the start of an announcement stays in the buffer.
        consume(Math.max(0, room - ANNOUNCEMENT));
        scanned = start;
        refused = null;
        freshCommand();
        skipped = 0;
        state = State.SKIP_LINE;
        return frame;
    }

    private Frame readLiteral() {
        var count = (int) Math.min(announced - received, end - start);
        if (arrival != null) {
            arrival.write(buffer, start, count);
        } else {
            if (received + count > literal.length) {
                var size = Math.max(received + count, 2L * literal.length);
                literal = Arrays.copyOf(literal, (int) Math.min(announced, size));
            }
            System.arraycopy(buffer, start, literal, received, count);
        }
        received += count;
        consume(count);
        if (received == announced) {
            parts.add(arrival == null ? RawCommand.Literal.of(length, literal, nonSync)
                    : RawCommand.Literal.of(length, arrival.content(), nonSync));
            length += received;
            arrival = null;
            literal = NOTHING;
            received = 0;
            state = State.LINE;
        }
        return null;
    }

    private Frame skipLiteral() {
        var count = (int) Math.min(toSkip, end - start);
        consume(count);
        toSkip -= count;
        skipped += count;
        if (toSkip == 0) {
            state = State.SKIP_LINE;
        }
        return null;
    }

    private Frame skipLine() {
        if (!findLineEnd()) {
            var count = Math.max(0, end - start - ANNOUNCEMENT);
            skipped += count;
            consume(count);
            scanned = end;
            return null;
        }
        var count = scanned + 1 - start;
        var more = !lineExpected && findAnnouncement(buffer, start, scanned + 1) && nonSync;
        consume(count);
        skipped += count;
        if (more) {
            toSkip = announced;
            state = State.SKIP_LITERAL;
            return null;
        }
        lineExpected = false;
        state = State.LINE;
        var frame = refused == null ? null : new Frame.Discarded(refused, skipped);
        refused = null;
        return frame;
    }

    private void skip(long octets) {
        toSkip = octets;
        skipped = 0;
        state = State.SKIP_LITERAL;
    }

    private void freshCommand() {
        parts.clear();
        length = 0;
        textLength = 0;
        literals = 0;
        arrival = null;
        literal = NOTHING;
        received = 0;
        if (state == State.ANSWER_PENDING) {
            state = State.LINE;
        }
    }

    private String overLimit() {
        if (literals >= maxLiterals) {
            return "a command may have " + maxLiterals + " literals";
        }
        var before = length - textLength;
        return announced > maxLiteralOctets - before
                ? "the literals of a command may have " + maxLiteralOctets + " octets" : null;
    }

    private void requireAnnouncement() {
        if (state != State.ANSWER_PENDING) {
            throw new IllegalStateException("no literal has been announced");
        }
    }

    // Leaves the position of the LF in scanned, or the end of the buffer when there is none.
    private boolean findLineEnd() {
        while (scanned < end) {
            if (buffer[scanned] == '\n') {
                return true;
            }
            scanned++;
        }
        return false;
    }

    // literal = "{" number ["+"] "}" CRLF *CHAR8
    private boolean findAnnouncement(byte[] line, int from, int to) {
        var at = to - 2;
        if (at >= from && line[at] == '\r') {
            at--;
        }
        if (at < from || line[at] != '}') {
            return false;
        }
        at--;
        var plus = at >= from && line[at] == '+';
        var last = plus ? at - 1 : at;
        var first = last;
        while (first >= from && line[first] >= '0' && line[first] <= '9') {
            first--;
        }
        if (first == last || last - first > 20 || first < from || line[first] != '{') {
            return false;
        }
        announced = 0;
        for (var i = first + 1; i <= last; i++) {
            var digit = line[i] - '0';
            announced = announced > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : announced * 10 + digit;
        }
        nonSync = plus;
        return true;
    }

    private void consume(int count) {
        start += count;
        if (start == end) {
            start = 0;
            end = 0;
            if (buffer.length > 8 * ROOM) {
                buffer = NOTHING;
            }
        }
        scanned = start;
    }

    private void makeRoom(int count) {
        if (buffer.length - end >= count) {
            return;
        }
        var held = end - start;
        // Moving pays only when it frees at least half: else many small feeds would each move much.
        var target = held + count <= buffer.length / 2 ? buffer
                : new byte[Math.max(FIRST_ROOM, Math.max(Math.addExact(held, count), 2 * held))];
        System.arraycopy(buffer, start, target, 0, held);
        buffer = target;
        scanned -= start;
        start = 0;
        end = held;
    }
}

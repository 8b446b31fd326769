package dev.mailscope.server.fuzz;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.imap.command.CommandParser;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.Frame;
import dev.mailscope.server.imap.command.ImapFramer;
import dev.mailscope.server.imap.command.Parsed;
import dev.mailscope.server.imap.command.RawCommand;

/** IMAP's framer and parser: whatever comes gives a result, the same in whatever pieces it comes. */
public final class FuzzImap {
    private static final int LINE = 300;

    private FuzzImap() {
    }

    /** The first octet says in what pieces the others come. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var whole = frames(data, data.length);
        var pieces = frames(data, 1 + (data[0] & 0x1F));
        if (!whole.equals(pieces)) {
            throw new AssertionError("whole: " + whole + "\nin pieces: " + pieces);
        }
    }

    private static List<String> frames(byte[] data, int size) {
        var framer = new ImapFramer(LINE, 4, 1_000);
        var frames = new ArrayList<String>();
        for (var at = 1; at < data.length; at += size) {
            framer.feed(data, at, Math.min(size, data.length - at));
            for (var frame = framer.next(); frame != null; frame = framer.next()) {
                frames.add(text(framer, frame));
            }
        }
        frames.add("pending " + parsed(framer.pending()));
        return frames;
    }

    private static String text(ImapFramer framer, Frame frame) {
        return switch (frame) {
            case Frame.Command(var raw) -> "command " + parsed(raw);
            case Frame.LiteralAnnounced(var soFar, var size, var nonSync, var overLimit) -> {
                if (overLimit != null || size > LINE) {
                    framer.refuse();
                } else {
                    framer.accept();
                }
                yield "literal of " + size + ", " + nonSync + ", " + overLimit + ": " + parsed(soFar);
            }
            case Frame.Discarded(var soFar, var octets) -> "discarded " + octets + ": " + parsed(soFar);
            case Frame.Line line -> throw new AssertionError("no line was expected: " + line);
            case Frame.TooLong(var limit, var prefix) -> "too long: " + parsed(prefix);
        };
    }

    private static String parsed(RawCommand raw) {
        var texts = new StringBuilder().append(raw.length());
        for (var dialect : Dialect.values()) {
            var parsed = CommandParser.parse(raw, dialect);
            if (parsed instanceof Parsed.Bad bad) {
                check(bad.offset() <= raw.length(), "the problem lies behind the command: " + bad);
                texts.append(bad.messageQuoting(raw));
            }
            texts.append(parsed);
        }
        return texts.toString();
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new AssertionError(otherwise);
        }
    }
}

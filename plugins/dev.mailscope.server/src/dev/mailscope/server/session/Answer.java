package dev.mailscope.server.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.trace.Octets;

/**
 * All responses of a step, made and recorded, before any of them is written.
 *
 * @param octets what is to be written
 * @param shown  the same, secrets hidden
 * @param first  the event of the first response
 * @param last   the event of the last one
 */
record Answer(Octets octets, Octets shown, long first, long last) {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})\\}\r\n");

    /** Makes the responses of that step, which has one at least. {@code record} gives the event of each. */
    static Answer of(Step step, ToLongFunction<Octets> record, UnaryOperator<Octets> hide) {
        var all = new ArrayList<Octets.Piece>();
        var shown = new ArrayList<Octets.Piece>();
        var first = 0L;
        var last = 0L;
        while (step.responses().hasNext()) {
            var response = step.responses().next();
            last = record.applyAsLong(response);
            first = first == 0 ? last : first;
            all.addAll(response.pieces());
            shown.addAll(hide.apply(response).pieces());
        }
        return new Answer(Octets.of(all), Octets.of(shown), first, last);
    }

    /** Where to split it, as {@link Decision.Split} says. */
    int splitAt(int at) {
        if (at != Decision.Split.IN_LITERAL) {
            return Math.min(at, octets.size());
        }
        var literal = LITERAL.matcher(new String(octets.toBytes(), StandardCharsets.ISO_8859_1));
        return literal.find()
                ? Math.min(literal.end() + Integer.parseInt(literal.group(1)) / 2, octets.size()) : octets.size() / 2;
    }

    /** The octets from one place, included, to another, not included; as far as there are any. */
    static Octets part(Octets octets, int from, int to) {
        var pieces = new ArrayList<Octets.Piece>();
        var at = 0;
        for (var piece : octets.pieces()) {
            var start = Math.max(0, from - at);
            var end = Math.min(piece.size(), to - at);
            if (start < end) {
                pieces.add(part(piece, start, end));
            }
            at += piece.size();
        }
        return Octets.of(pieces);
    }

    private static Octets.Piece part(Octets.Piece piece, int start, int end) {
        return switch (piece) {
            case Octets.Inline(var bytes) -> new Octets.Inline(Arrays.copyOfRange(bytes, start, end));
            case Octets.Slice(var content, var offset, var size) ->
                new Octets.Slice(content, offset + start, end - start);
            case Octets.Hidden h -> new Octets.Hidden(end - start);
        };
    }
}

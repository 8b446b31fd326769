package dev.mailscope.server.explain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.message.Range;
import dev.mailscope.server.trace.Octets;

/**
 * Octets in the places they had on the wire: a secret is as long as it was, and nothing of it is here.
 *
 * @param octets  the octets; those of a secret say nothing. Never change the array
 * @param secrets where the secrets are, in order
 */
public record Line(byte[] octets, List<Range> secrets) {
    /** Keeps its own copy of the ranges. */
    public Line {
        secrets = List.copyOf(secrets);
    }

    /** The first of these octets, at most that many. */
    public static Line of(Octets octets, int most) {
        var bytes = new ByteArrayOutputStream(Math.min(most, octets.size()));
        var secrets = new ArrayList<Range>();
        for (var piece : octets.pieces()) {
            var length = Math.min(piece.size(), most - bytes.size());
            switch (piece) {
                case Octets.Inline(var inline) -> bytes.write(inline, 0, length);
                case Octets.Slice(var content, var offset, var size) -> {
                    try {
                        content.writeTo(bytes, offset, length);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                case Octets.Hidden hidden -> {
                    if (length > 0) {
                        secrets.add(new Range(bytes.size(), length));
                    }
                    for (var i = 0; i < length; i++) {
                        bytes.write('x');
                    }
                }
            }
        }
        return new Line(bytes.toByteArray(), secrets);
    }

    /** This and the other one behind it. */
    Line followedBy(Line other) {
        var bytes = new ByteArrayOutputStream(octets.length + other.octets.length);
        bytes.writeBytes(octets);
        bytes.writeBytes(other.octets);
        var all = new ArrayList<>(secrets);
        other.secrets.forEach(secret -> all.add(new Range(octets.length + secret.offset(), secret.length())));
        return new Line(bytes.toByteArray(), all);
    }

    /** True when it ends with the announcement of a literal, or with a secret, which may hide one: more is to come. */
    public boolean isUnfinished() {
        var end = octets.length;
        return end > 0 && (secretEnd(end - 1) >= 0 || end > 2 && octets[end - 1] == '\n'
                && (octets[end - 2] == '}' || octets[end - 2] == '\r' && octets[end - 3] == '}'));
    }

    /** The end of the secret that begins or goes on there; -1 where there is none. */
    int secretEnd(int at) {
        for (var secret : secrets) {
            if (secret.offset() <= at && at < secret.end()) {
                return secret.end();
            }
        }
        return -1;
    }

    /** True when part of that range is secret. */
    boolean hasSecret(int from, int to) {
        return secrets.stream().anyMatch(secret -> secret.offset() < to && from < secret.end());
    }
}

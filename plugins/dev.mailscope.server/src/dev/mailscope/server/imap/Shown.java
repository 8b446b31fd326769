package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.mailscope.server.imap.command.ImapPhase;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.Parsed;
import dev.mailscope.server.imap.command.RawCommand;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.trace.Octets;

/** What of a client's octets the trace may show. */
final class Shown {
    private Shown() {
    }

    /**
     * What of a command the trace must not show. Before login, and behind a verb that is none, a password may stand
     * where none belongs: then all behind the verb is hidden, unless the command can be executed. After LOGOUT nobody
     * may ever have logged in.
     */
    static List<Range> secrets(Parsed parsed, RawCommand raw, ImapPhase phase) {
        if (phase == ImapPhase.AUTHENTICATED || phase == ImapPhase.SELECTED) {
            // Where no verb is recognised it may be a LOGIN without its tag, or a SASL response nobody waits for.
            return parsed instanceof Parsed.Bad bad && ImapVerb.named(bad.verb()) == null
                    ? Stream.concat(bad.secrets().stream(), Stream.of(bad.rest())).toList() : parsed.secrets();
        }
        var all = new ArrayList<>(parsed.secrets());
        switch (parsed) {
            case Parsed.Bad bad -> all.add(bad.rest());
            case Parsed.Ok(var tag, var command, var secrets) -> {
                var verb = command.verb();
                if (!verb.legalIn(phase)) {
                    var arguments = tag.text().length() + 1 + verb.wireName().length();
                    all.add(Range.between(arguments, Math.max(arguments, contentEnd(raw))));
                }
            }
        }
        return all;
    }

    private static int contentEnd(RawCommand raw) {
        var end = raw.length();
        while (end > 0 && (raw.at(end - 1) == '\n' || raw.at(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** The octets of a command from that one on, with holes for the secrets. */
    static Octets octets(RawCommand raw, int shown, List<Range> secrets) {
        var out = new Octets.Builder();
        for (var part : raw.parts()) {
            var from = Math.max(part.offset(), shown);
            var to = part.offset() + part.length();
            while (from < to) {
                var at = from;
                var secret = secrets.stream().filter(s -> s.offset() <= at && at < s.end()).findFirst();
                var end = secret.isPresent() ? Math.min(to, secret.get().end())
                        : secrets.stream().mapToInt(Range::offset).filter(o -> o > at).min().orElse(to);
                end = Math.min(end, to);
                if (secret.isPresent()) {
                    out.hidden(end - at);
                } else if (part instanceof RawCommand.Literal literal && literal.stored() != null) {
                    out.slice(literal.stored(), at - part.offset(), end - at);
                } else {
                    var own = raw.octets(Range.between(at, end));
                    out.write(own, 0, own.length);
                }
                from = end;
            }
        }
        return out.toOctets();
    }

    static Octets hidden(long octets) {
        return new Octets.Builder().hidden((int) Math.min(Integer.MAX_VALUE, octets)).toOctets();
    }
}

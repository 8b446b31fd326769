package dev.mailscope.server.trace;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.Optional;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.message.Content;

/**
 * Writes the values that events and moments are made of. Names and contents are written once per seal and referred to
 * afterwards. A content is written as its id and size; its octets are the recording's business, which hears of each.
 */
public final class Encoder {
    /** How far something has been written, and what had been written until then. */
    record Mark(int octets, int names, int contents) {
        /** Where nothing has been written yet. */
        static final Mark BEGINNING = new Mark(BinaryOutput.SEAL, 0, 0);
    }

    /** Before octets of their own, among the pieces of others. */
    static final int INLINE = 0;
    private static final int SHA_256 = 32;
    private static final int RECENT = 64;

    final BinaryOutput out = new BinaryOutput();
    private final Map<String, Integer> names = new HashMap<>();
    // Some of the names written last, and their numbers.
    private final String[] recent = new String[RECENT];
    private final int[] numbers = new int[RECENT];
    private final Map<String, Integer> contents = new HashMap<>();
    private final Consumer<Content> bodies;

    /** An encoder that tells of each content before it refers to it. */
    public Encoder(Consumer<Content> bodies) {
        this.bodies = bodies;
    }

    /** Where numbers and octets go. */
    public BinaryOutput out() {
        return out;
    }

    /** A text that is likely to occur again. */
    public void name(String name) {
        // Most events have the columns of another one just before: the very same texts.
        var slot = name.hashCode() & RECENT - 1;
        if (recent[slot] == name) {
            out.number(numbers[slot]);
            return;
        }
        var known = names.putIfAbsent(name, names.size() + 1);
        out.number(known == null ? 0 : known);
        if (known == null) {
            out.text(name);
        }
        recent[slot] = name;
        numbers[slot] = known == null ? names.size() : known;
    }

    void content(Content content) {
        var known = contents.putIfAbsent(content.id(), contents.size() + 1);
        out.number(known == null ? 0 : known);
        if (known == null) {
            bodies.accept(content);
            var hash = hash(content.id());
            out.bool(hash != null);
            if (hash != null) {
                out.raw(hash);
            } else {
                out.text(content.id());
            }
            out.number(content.size());
        }
    }

    /** The octets of a SHA-256 in lower-case hexadecimal; null for what is none. */
    private static byte[] hash(String id) {
        if (id.length() != 2 * SHA_256) {
            return null;
        }
        var octets = new byte[SHA_256];
        for (var i = 0; i < id.length(); i++) {
            var c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return null;
            }
            octets[i / 2] = (byte) (octets[i / 2] << 4 | (c <= '9' ? c - '0' : c - 'a' + 10));
        }
        return octets;
    }

    void flags(Flags flags) {
        out.octet(flags.systemBits());
        var keywords = flags.keywords();
        out.number(keywords.size());
        keywords.forEach(this::name);
    }

    /** How much an account may hold. */
    public void quota(Quota quota) {
        out.number(quota.limits().size());
        quota.limits().forEach((resource, limit) -> {
            name(resource.name());
            out.number(limit);
        });
        out.bool(quota.fixed());
    }

    /** Who may do what. */
    public void access(AccessList access) {
        out.number(access.entries().size());
        access.entries().forEach((identifier, rights) -> {
            name(identifier);
            name(rights.letters());
        });
    }

    /** Entries and their values. */
    public void annotations(Map<String, String> annotations) {
        out.number(annotations.size());
        annotations.forEach((entry, value) -> {
            name(entry);
            out.text(value);
        });
    }

    /** A text that may be missing. */
    void optional(Optional<String> text) {
        out.bool(text.isPresent());
        text.ifPresent(out::text);
    }

    /** What a folder is for. */
    public void specialUses(Collection<SpecialUse> uses) {
        out.number(uses.size());
        uses.forEach(use -> name(use.wireName()));
    }

    /** A message; its content by id and size. */
    public void message(Message message) {
        out.number(message.uid());
        out.number(message.modSeq());
        flags(message.flags());
        out.signed(message.internalDate().toEpochSecond());
        out.number(message.internalDate().getNano());
        out.signed(message.internalDate().getOffset().getTotalSeconds());
        out.signed(message.saved().getEpochSecond());
        out.number(message.saved().getNano());
        content(message.content());
    }

    void octets(Octets octets) {
        if (octets.plain() != null) {
            out.number(1);
            out.octet(INLINE);
            out.octets(octets.plain());
            return;
        }
        var pieces = octets.pieces();
        out.number(pieces.size());
        for (var piece : pieces) {
            switch (piece) {
                case Octets.Inline(var bytes) -> {
                    out.octet(INLINE);
                    out.octets(bytes);
                }
                case Octets.Slice(var content, var offset, var size) -> {
                    out.octet(1);
                    content(content);
                    out.number(offset);
                    out.number(size);
                }
                case Octets.Hidden(var size) -> {
                    out.octet(2);
                    out.number(size);
                }
            }
        }
    }

    /** How far it has come. */
    Mark mark() {
        return new Mark(out.size(), names.size(), contents.size());
    }

    /** Forgets what was written since then. */
    void rewind(Mark mark) {
        out.truncate(mark.octets());
        Arrays.fill(recent, null);
        forget(names, mark.names());
        forget(contents, mark.contents());
    }

    private static void forget(Map<String, Integer> known, int most) {
        if (most == 0) {
            known.clear();
        } else if (known.size() > most) {
            known.values().removeIf(number -> number > most);
        }
    }

    /** What was written, sealed; begins anew. */
    public byte[] seal() {
        names.clear();
        contents.clear();
        Arrays.fill(recent, null);
        return out.seal();
    }

    /** What a device says of itself. */
    void device(What.Device device) {
        name(device.name());
        name(device.protocol());
        name(device.mode());
        out.bool(device.online());
        out.number(device.peers().size());
        device.peers().forEach(out::text);
        out.number(device.held().size());
        device.held().forEach((folder, count) -> {
            name(folder);
            out.number(count);
        });
    }
}

package dev.mailscope.server.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.message.Content;

/** Reads what {@link Encoder} wrote; whatever cannot be is an IOException. */
public final class Decoder {
    /** Gives a content whose octets are fetched when asked for. */
    public interface Contents {
        /** The content of that id and size, in octets. */
        Content content(String id, int size);

        /** The responses in a content of these. IOException when it cannot be read, or is none of responses. */
        default Responses responses(Content content) throws IOException {
            if (content.size() > Responses.MOST) {
                throw new IOException("damaged: " + content.size() + " octets are no responses");
            }
            try {
                return Responses.readFrom(new BinaryInput(content.octets()));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        /** The same, of that SHA-256. */
        default Content content(byte[] hash, int size) {
            return content(HexFormat.of().formatHex(hash), size);
        }
    }

    private static final String DIGITS = "0123456789abcdef";

    final BinaryInput in;
    private final List<String> names = new ArrayList<>();
    private final List<Content> known = new ArrayList<>();
    private final Contents contents;

    /** Opens sealed octets; IOException when they are damaged. */
    public Decoder(byte[] sealed, Contents contents) throws IOException {
        this.in = new BinaryInput(sealed);
        this.contents = contents;
    }

    /** Where numbers and octets come from. */
    public BinaryInput in() {
        return in;
    }

    /** What {@link Encoder#name} wrote. */
    public String name() throws IOException {
        return again(names, in.number(), in::text);
    }

    Content content() throws IOException {
        return content(null);
    }

    /** The same; where that one is meant, which is of this recording, it is not looked for. Null for none. */
    private Content content(Content like) throws IOException {
        return again(known, in.number(), () -> {
            if (!in.bool()) {
                return contents.content(in.text(), in.size());
            }
            var hash = in.raw(32);
            var size = in.size();
            return like != null && like.size() == size && isId(like.id(), hash) ? like : contents.content(hash, size);
        });
    }

    /** True when the id is that hash in lower-case hexadecimal. */
    private static boolean isId(String id, byte[] hash) {
        if (id.length() != 2 * hash.length) {
            return false;
        }
        for (var i = 0; i < id.length(); i++) {
            var digit = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xF;
            if (id.charAt(i) != DIGITS.charAt(digit)) {
                return false;
            }
        }
        return true;
    }

    Flags flags() throws IOException {
        var bits = in.octet();
        var count = in.count();
        var flags = Flags.ofSystemBits(bits);
        if (count == 0) {
            return flags;
        }
        var keywords = new ArrayList<String>(count);
        for (var i = 0; i < count; i++) {
            keywords.add(name());
        }
        try {
            return flags.plus(Flags.of(keywords));
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }

    /** What {@link Encoder#quota} wrote. */
    public Quota quota() throws IOException {
        var quota = Quota.NONE;
        try {
            for (var left = in.count(); left > 0; left--) {
                var resource = QuotaResource.named(name())
                        .orElseThrow(() -> new IOException("damaged: an unknown quota resource"));
                quota = quota.with(resource, in.number());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
        return quota.withFixed(in.bool());
    }

    /** What {@link Encoder#access} wrote. */
    public AccessList access() throws IOException {
        var entries = TreePMap.<String, Rights>empty();
        for (var left = in.count(); left > 0; left--) {
            entries = entries.plus(name(), rights());
        }
        return new AccessList(entries);
    }

    Rights rights() throws IOException {
        try {
            return Rights.parse(name());
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: an unknown right " + e.getMessage(), e);
        }
    }

    /** What {@link Encoder#annotations} wrote. */
    public TreePMap<String, String> annotations() throws IOException {
        var annotations = TreePMap.<String, String>empty();
        for (var left = in.count(); left > 0; left--) {
            annotations = annotations.plus(name(), in.text());
        }
        return annotations;
    }

    Optional<String> optional() throws IOException {
        return in.bool() ? Optional.of(in.text()) : Optional.empty();
    }

    /** What {@link Encoder#specialUses} wrote. */
    public List<SpecialUse> specialUses() throws IOException {
        var uses = new ArrayList<SpecialUse>();
        for (var left = in.count(); left > 0; left--) {
            uses.add(SpecialUse.named(name()).orElseThrow(() -> new IOException("damaged: an unknown special use")));
        }
        return uses;
    }

    /** What {@link Encoder#message} wrote. */
    public Message message() throws IOException {
        return message(uid -> null);
    }

    /** The same; where it is no different from the message known by that UID, that one, or what is the same of it. */
    Message message(LongFunction<Message> known) throws IOException {
        var uid = in.number();
        var modSeq = in.number();
        var flags = flags();
        var seconds = in.signed();
        var nanos = in.size();
        var offset = in.signed();
        var saved = in.signed();
        var savedNanos = in.size();
        var like = known.apply(uid);
        var content = content(like == null ? null : like.content());
        if (like != null && like.content().equals(content) && isAt(like.internalDate(), seconds, nanos, offset)
                && like.saved().getEpochSecond() == saved && like.saved().getNano() == savedNanos) {
            return like.modSeq() == modSeq && like.flags().equals(flags) ? like : like.with(flags, modSeq);
        }
        try {
            var zone = ZoneOffset.ofTotalSeconds(Math.toIntExact(offset));
            var date = OffsetDateTime.ofInstant(Instant.ofEpochSecond(seconds, nanos), zone);
            return new Message(uid, modSeq, flags, date, Instant.ofEpochSecond(saved, savedNanos), content);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("damaged: no date", e);
        }
    }

    private static boolean isAt(OffsetDateTime date, long seconds, int nanos, long offset) {
        return date.toEpochSecond() == seconds && date.getNano() == nanos
                && date.getOffset().getTotalSeconds() == offset;
    }

    Octets octets() throws IOException {
        var count = in.count();
        var pieces = new ArrayList<Octets.Piece>(count);
        var total = 0L;
        for (var i = 0; i < count; i++) {
            var piece = piece();
            total += piece.size();
            pieces.add(piece);
        }
        if (total > Integer.MAX_VALUE) {
            throw new IOException("damaged: " + total + " octets in one event");
        }
        return pieces.isEmpty() ? Octets.NONE : Octets.of(pieces);
    }

    private Octets.Piece piece() throws IOException {
        return switch (in.octet()) {
            case Encoder.INLINE -> new Octets.Inline(in.octets());
            case 1 -> {
                var content = content();
                var offset = in.size();
                var size = in.size();
                if ((long) offset + size > content.size()) {
                    throw new IOException("damaged: a slice outside its message");
                }
                yield new Octets.Slice(content, offset, size);
            }
            case 2 -> new Octets.Hidden(in.size());
            default -> throw new IOException("damaged: an unknown piece of octets");
        };
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T again(List<T> before, long index, Reading<T> first) throws IOException {
        if (index == 0) {
            var value = first.read();
            before.add(value);
            return value;
        }
        if (index < 0 || index > before.size()) {
            throw new IOException("damaged: refers to what is not there");
        }
        return before.get((int) index - 1);
    }

    What.Device device() throws IOException {
        var name = name();
        var protocol = name();
        var mode = name();
        var online = in.bool();
        var peers = new ArrayList<String>();
        for (var left = in.count(); left > 0; left--) {
            peers.add(in.text());
        }
        var held = TreePMap.<String, Integer>empty();
        for (var left = in.count(); left > 0; left--) {
            held = held.plus(name(), in.size());
        }
        return new What.Device(name, protocol, mode, online, peers, held);
    }
}

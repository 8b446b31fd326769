package dev.mailscope.server.fuzz;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

import dev.mailscope.server.message.BaseSubject;
import dev.mailscope.server.message.BinaryParts;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.DecodedText;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Header;
import dev.mailscope.server.message.HeaderText;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;
import dev.mailscope.server.message.Preview;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.message.SearchText;
import dev.mailscope.server.message.Section;
import dev.mailscope.server.message.SortKeys;
import dev.mailscope.server.message.Summary;

/** A message: structure, envelope, sections, keys for sorting, its text. Every part lies within its parent. */
public final class FuzzMessage {
    private FuzzMessage() {
    }

    /** Octets of a message. */
    public static void fuzzerTestOneInput(byte[] data) {
        var root = MimePart.parse(data);
        if (root.whole().end() != data.length) {
            throw new AssertionError("the message ends at " + root.whole());
        }
        var octets = MessageOctets.of(data);
        check(octets, root);
        BodyStructure.of(octets, root);
        var header = Header.of(data);
        Envelope.of(header);
        SortKeys.of(header).subject();
        Summary.of(data);
        header.first("Subject").ifPresent(BaseSubject::of);
        Preview.of(octets, root);
        var content = Content.of(data);
        HeaderText.of(content);
        content.sizeWithCrlf();
        content.surrogate();
        if (content.hasNul()) {
            BinaryParts.encoded(content).map(encoded -> MimePart.parse(encoded.open()));
        }
        var text = new SearchText("zz");
        text.inMessage(octets, root);
        text.inAddresses(header, "From");
        sections(octets, root);
    }

    private static void check(MessageOctets data, MimePart part) {
        within(part.header(), part.whole());
        within(part.body(), part.whole());
        DecodedText.fileName(data, part);
        try (var reader = DecodedText.reader(data, part)) {
            reader.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw new AssertionError("octets in memory can be read", e);
        }
        for (var child : part.parts()) {
            within(child.whole(), part.body());
            check(data, child);
        }
    }

    private static void sections(MessageOctets data, MimePart root) {
        var fields = List.of("SUBJECT", "X");
        for (var text : Section.Text.values()) {
            for (var part : List.of(List.<Integer>of(), List.of(1), List.of(1, 1), List.of(2), List.of(1, 2, 1))) {
                Section section;
                try {
                    section = text.name().startsWith("HEADER_FIELDS") ? new Section(part, text, fields)
                            : new Section(part, text);
                } catch (IllegalArgumentException e) {
                    continue; // there is no such section
                }
                section.of(data, root).ifPresent(excerpt -> {
                    if (excerpt instanceof Excerpt.Slice(var range)) {
                        within(range, root.whole());
                    }
                });
            }
        }
        if (root.all().size() > 2 * MimePart.MAX_PARTS) {
            throw new AssertionError("too many parts: " + root.all().size());
        }
    }

    private static void within(Range inner, Range outer) {
        if (inner.offset() < outer.offset() || inner.end() > outer.end()) {
            throw new AssertionError(inner + " is not within " + outer);
        }
    }
}

package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class MimePartTest {
    private static final String NESTED = """
            Subject: outer
            Content-Type: multipart/mixed; boundary=b

            --b

            one
            --b
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: multipart/mixed; boundary=c

            --c

            two one
            --c
            Content-Type: multipart/alternative; boundary=d

            --d

            two two one
            --d--
            --c--
            --b--
            """;

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(ISO_8859_1);
    }

    private static String body(byte[] octets, Integer... number) {
        return MimePart.parse(octets).part(List.of(number)).map(it -> new String(it.body().of(octets), ISO_8859_1))
                .orElse("none");
    }

    @Test
    void partsAreNumberedThroughMultipartsAndMessages() {
        final byte[] octets = octets(NESTED);
        assertEquals("one", body(octets, 1));
        assertEquals("two one", body(octets, 2, 1));
        assertEquals("two two one", body(octets, 2, 2, 1));
        for (final Integer[] number : new Integer[][] {{0}, {-1}, {3}, {1, 1}, {2, 3}, {2, 1, 1}, {2, 2, 2},
            {2, 2, 1, 1}, {Integer.MAX_VALUE}}) {
            assertEquals("none", body(octets, number), List.of(number).toString());
        }
    }

    @Test
    void messageThatIsNoMultipartHasOnePart() {
        final byte[] octets = octets("Subject: x\n\nbody\n");
        assertEquals("body\r\n", body(octets, 1));
        assertEquals("none", body(octets, 2));
        assertEquals("none", body(octets, 1, 1));
        final MimePart message = MimePart.parse(octets);
        assertSame(message, message.part(List.of()).orElseThrow());
        assertSame(message, message.part(List.of(1)).orElseThrow());
    }

    @Test
    void multipartWithoutAPartHasAnEmptyOneInStructureAndSections() {
        for (final String text : List.of("Content-Type: multipart/mixed\n\n--b\n\none\n--b--\n",
                "Content-Type: multipart/digest; boundary=b\n\nonly text\n",
                "Content-Type: multipart/mixed; boundary=b\n\n--b--\nepilogue\n",
                "Content-Type: multipart/mixed; boundary=b\n")) {
            final byte[] octets = octets(text);
            final MimePart message = MimePart.parse(octets);
            assertEquals("", body(octets, 1));
            assertEquals("none", body(octets, 2));
            assertEquals(octets.length, message.part(List.of(1)).orElseThrow().whole().end());
            final var shown = (BodyStructure.Multipart) BodyStructure.of(MessageOctets.of(octets), message);
            assertEquals(1, shown.parts().size());
            assertEquals("plain", ((BodyStructure.Text) shown.parts().getFirst()).subtype());
        }
    }

    @Test
    void preambleAndEpilogueLieAroundTheBoundaries() {
        for (final String[] text : new String[][] {{"pre\n", "--b\n\none\n--b\n\ntwo\n--b--\n", "post\n"},
            {"", "--b\n--b--\n", "post"}, {"pre\n", "--b\n\none\n", ""}, {"pre\n", "--b\nX: y\n--b--", ""},
            {"--a\n\n", "--b\n\none\n--b--\n", "\n--b\n\nno part\n"}, {"no boundary\n", "", ""}}) {
            final byte[] octets = octets("Content-Type: multipart/mixed; boundary=b\n\n" + String.join("", text));
            final MimePart message = MimePart.parse(octets);
            assertEquals(text[0].replace("\n", "\r\n"),
                    new String(message.preamble(MessageOctets.of(octets)).of(octets), ISO_8859_1));
            assertEquals(text[2].replace("\n", "\r\n"),
                    new String(message.epilogue(MessageOctets.of(octets)).of(octets), ISO_8859_1));
        }
    }

    @Test
    void emptyMessageIsEmptyPlainText() {
        final MimePart message = MimePart.parse(new byte[0]);
        assertEquals(new Range(0, 0), message.whole());
        assertEquals(ContentType.TEXT_PLAIN, message.type());
        assertEquals(0, message.lines());
    }

    @Test
    void allListsEveryPartInItsOrder() {
        final List<MimePart> all = MimePart.parse(octets(NESTED)).all();
        assertEquals(List.of("mixed", "plain", "rfc822", "mixed", "plain", "alternative", "plain"),
                all.stream().map(part -> part.type().subtype()).toList());
        for (int i = 1; i < all.size(); i++) {
            assertTrue(all.get(i - 1).whole().offset() <= all.get(i).whole().offset());
        }
    }

    @Test
    void partsNestUpToTheLimitAndAreOpaqueBelow() {
        for (final String enclosing : List.of("multipart/mixed; boundary=b%dx", "message/rfc822; x=%d")) {
            final var text = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                text.append("Content-Type: ").append(enclosing.formatted(i)).append("\n\n");
                if (enclosing.startsWith("multipart")) {
                    text.append("--b").append(i).append("x\n");
                }
            }
            final byte[] octets = octets(text.append("\nend").toString());
            final List<MimePart> all = MimePart.parse(octets).all();
            assertEquals(MimePart.MAX_DEPTH, all.size());
            assertTrue(all.getLast().isOpaque());
            assertFalse(all.getLast().isMultipart());
            assertFalse(all.get(all.size() - 2).isOpaque());
            assertEquals(octets.length, all.getLast().whole().end());
            assertTrue(FetchText.structure(BodyStructure.of(MessageOctets.of(octets), all.getFirst()))
                    .contains("(\"application\" \"octet-stream\""));
        }
    }

    @Test
    void tenThousandPartsAreReadInOnePass() {
        final byte[] octets = octets("Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b\n\none part\n".repeat(MimePart.MAX_PARTS + 5_000) + "--b--\n");
        final MimePart message = assertTimeout(Duration.ofSeconds(30), () -> MimePart.parse(octets));
        assertEquals(MimePart.MAX_PARTS - 1, message.parts().size());
        assertEquals("one part", new String(message.parts().get(5_000).body().of(octets), ISO_8859_1));
        assertTrue(message.parts().getLast().body().length() > 5_000 * 10, "the last part holds the rest");
        assertArrayEquals(octets, MessageCorpusTest.rebuilt(octets, message));
    }

    @Test
    void timeGrowsWithTheSizeOnly() {
        final var text = new StringBuilder();
        for (int i = 0; i < 99; i++) {
            text.append("Content-Type: multipart/mixed; boundary=").append("x".repeat(60)).append(i).append("\n\n--")
                    .append("x".repeat(60)).append(i).append('\n');
        }
        text.append('\n').append(("--" + "x".repeat(60) + "\n").repeat(100_000));
        final byte[] octets = octets(text.toString());
        assertTimeout(Duration.ofSeconds(30), () -> MimePart.parse(octets));
    }

    @Test
    void envelopesAndStructuresOfTenThousandMessagesAreQuick() {
        final byte[] octets = octets(NESTED);
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 10_000; i++) {
                final MimePart message = MimePart.parse(octets);
                assertEquals("outer", Envelope.of(Header.of(MessageOctets.of(octets), message)).subject());
                assertEquals(2, ((BodyStructure.Multipart) BodyStructure.of(MessageOctets.of(octets), message)).parts()
                        .size());
            }
        });
    }
}

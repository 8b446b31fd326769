package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Section;

/** URLs of messages (RFC 5092): what is written is read as what it was, and everything else is refused. */
class ImapUrlTest {
    private static final FetchAttribute.Partial ALL_FROM_7 = new FetchAttribute.Partial(7, Long.MAX_VALUE);
    private static final String LETTERS = "\0\t\r\n \"\\(){}[]<>*%&+-.,:;/?#@=0159aAz\u007f\u00c3\u00a4\u00ff";

    @Test
    void theExamplesOfTheRfcs() throws ImapUrl.Malformed {
        assertEquals(new ImapUrl("Drafts", OptionalLong.of(385759045), 20, new Section(List.of(), Section.Text.HEADER),
                null), ImapUrl.parse("/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER"));
        assertEquals(new ImapUrl("Drafts", OptionalLong.of(385759045), 20, new Section(List.of(2), Section.Text.MIME),
                null), ImapUrl.parse("/Drafts;UIDVALIDITY=385759045/;UID=20/;Section=2.MIME"));
        assertEquals(new ImapUrl("Drafts", OptionalLong.empty(), 3002, Section.MESSAGE, null),
                ImapUrl.parse("/Drafts/;UID=3002"));
        assertEquals(new ImapUrl("gray-council", OptionalLong.of(385759045), 20, Section.MESSAGE,
                new FetchAttribute.Partial(0, 1024)),
                ImapUrl.parse("/gray-council;UIDVALIDITY=385759045/;UID=20/;PARTIAL=0.1024"));
        assertEquals(new ImapUrl(null, OptionalLong.empty(), 20, new Section(List.of(1, 2), Section.Text.ALL), null),
                ImapUrl.parse(";UID=20/;section=1.2"));
        assertEquals(new ImapUrl("~peter/日本語/台北", OptionalLong.empty(), 1, Section.MESSAGE, ALL_FROM_7),
                ImapUrl.parse("/~peter/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E5%8F%B0%e5%8c%97/;uid=1/;partial=7"));
    }

    @Test
    void whatIsEncodedInAName() throws ImapUrl.Malformed {
        assertEquals("a b;c/d?&", ImapUrl.parse("/a%20b%3Bc%2Fd%3F&/;UID=1").mailbox());
        assertEquals("inbox", ImapUrl.parse("/inbox/;UID=1").mailbox());
        assertEquals("a/", ImapUrl.parse("/a//;UID=1").mailbox());
        assertEquals(new Section(List.of(1), Section.Text.HEADER_FIELDS, List.of("To", "a b")),
                ImapUrl.parse("/a/;UID=1/;SECTION=1.HEADER.FIELDS%20(To%20%22a%20b%22)").section());
    }

    @Test
    void dotSegmentsAreFollowed() throws ImapUrl.Malformed {
        assertEquals("b", ImapUrl.parse("/a/../b/;UID=1").mailbox());
        assertEquals("b", ImapUrl.parse("/../../b/./;UID=1").mailbox());
        assertEquals(2, ImapUrl.parse("/a/;UID=1/../;UID=2").uid());
        assertEquals("..", ImapUrl.parse("/%2e%2E/;UID=1").mailbox());
        assertEquals("..", ImapUrl.parse("/..;UIDVALIDITY=1/;UID=1").mailbox());
        assertRefused("/a/;UID=1/..");
        assertRefused("/a/;UID=1/.");
        assertRefused(";UID=1/..");
    }

    @Test
    void whatIsNoMessageOfThisSession() {
        for (var url : List.of("", "/", "//", "/;UID=1", "/a", "/a;UIDVALIDITY=1", "/a?UNSEEN", "/a/;UID=1?ALL", ";",
                "x", "x/;UID=1", ";UIDVALIDITY=1/;UID=1", ";SECTION=1", ";PARTIAL=1", "./;UID=1", "../;UID=1",
                "imap://host/a/;UID=1", "IMAP://alice@host:143/a/;UID=1", "//host/a/;UID=1", "imap:/a/;UID=1",
                "imaps://host/a/;UID=1", "file:///etc/passwd", "http://host/",
                "/a/;UID=0", "/a/;UID=01", "/a/;UID=", "/a/;UID=-1", "/a/;UID=4294967296", "/a/;UID=1:2", "/a/;UID=*",
                "/a/;UID=99999999999999999999", "/a;UIDVALIDITY=0/;UID=1", "/a;UIDVALIDITY=/;UID=1",
                "/a/;UIDVALIDITY=1/;UID=1", "/a;UID=1", "/a/;UID=1/", "/a/;UID=1/;UID=2", "/a/;UID=1;SECTION=1",
                "/a/;UID=1/;SECTION=", "/a/;UID=1/;SECTION=0", "/a/;UID=1/;SECTION=MIME", "/a/;UID=1/;SECTION=1.",
                "/a/;UID=1/;SECTION=X", "/a/;UID=1/;SECTION=1%5D", "/a/;UID=1/;SECTION=1%5D1",
                "/a/;UID=1/;SECTION=1%00", "/a/;UID=1/;SECTION=HEADER.FIELDS",
                "/a/;UID=1/;SECTION=HEADER.FIELDS%20(%7B1%7D%0D%0Aa)", "/a/;UID=1/;SECTION=99999999999",
                "/a/;UID=1/;PARTIAL=", "/a/;UID=1/;PARTIAL=1.", "/a/;UID=1/;PARTIAL=1.0", "/a/;UID=1/;PARTIAL=.1",
                "/a/;UID=1/;PARTIAL=99999999999999999999", "/a/;UID=1/;PARTIAL=1/;SECTION=1",
                "/a/;UID=1/;SECTION=1/;SECTION=2", "/a/;UID=1;URLAUTH=anonymous",
                "/a/;UID=1/;PARTIAL=1;EXPIRE=2030-01-01T00:00:00Z;URLAUTH=user+x:INTERNAL:00", "/a b/;UID=1",
                "/a%/;UID=1", "/a%2/;UID=1", "/a%zz/;UID=1", "/a%+1/;UID=1", "/\u00c3\u00a4/;UID=1", "/%C3/;UID=1",
                "/a%00/;UID=1", "/a%0A/;UID=1", "/a#x/;UID=1", "/a[1]/;UID=1", "/a\"/;UID=1", "/a/;UID=1\r\n",
                "/a\n/;UID=1")) {
            assertRefused(url);
        }
    }

    @Test
    void everyUrlWrittenIsReadAgain() throws ImapUrl.Malformed {
        var random = new Random(5092);
        var names = List.of("INBOX", "a b", "R&D", "\"q\\", "Entwürfe/日本", "x?y;z", "..", "a/../b", "//x", "%41", "./");
        var sections = List.of(Section.MESSAGE, new Section(List.of(1, 2), Section.Text.ALL),
                new Section(List.of(1), Section.Text.MIME), new Section(List.of(), Section.Text.TEXT),
                new Section(List.of(7), Section.Text.HEADER_FIELDS_NOT, List.of("TO", "X-;")));
        for (var round = 0; round < 2_000; round++) {
            var open = random.nextInt(5) == 0;
            var url = new ImapUrl(open ? null : names.get(random.nextInt(names.size())),
                    open || random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(1 + random.nextInt(1 << 30)),
                    1 + random.nextLong(SequenceSet.LARGEST), sections.get(random.nextInt(sections.size())),
                    random.nextBoolean() ? null : new FetchAttribute.Partial(random.nextLong(1L << 62),
                            1 + random.nextLong(1L << 62)));
            assertEquals(url, ImapUrl.parse(written(url)), written(url));
        }
    }

    @Test
    void changedUrlsAreReadOrRefused() {
        var random = new Random(3986);
        var read = 0;
        for (var round = 0; round < 50_000; round++) {
            var text = new StringBuilder("/a/b;UIDVALIDITY=12/;UID=3/;SECTION=1.HEADER.FIELDS%20(A)/;PARTIAL=0.9");
            for (var i = 1 + random.nextInt(4); i > 0; i--) {
                var at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                    case 1 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(9)));
                }
                text.append(text.isEmpty() ? "/" : "");
            }
            try {
                ImapUrl.parse(text.toString());
                read++;
            } catch (ImapUrl.Malformed e) {
                assertTrue(e.getMessage().matches("[A-Z][ -~]+\\."), e.getMessage());
            }
        }
        assertTrue(read > 1_000 && read < 49_000, read + " read");
    }

    private static void assertRefused(String url) {
        assertThrows(ImapUrl.Malformed.class, () -> ImapUrl.parse(url), url);
    }

    private static String written(ImapUrl url) {
        return (url.mailbox() == null ? "" : "/" + Arrays.stream(url.mailbox().split("/", -1)).map(ImapUrlTest::encoded)
                .collect(Collectors.joining("%2F"))
                + (url.uidValidity().isPresent() ? ";UIDVALIDITY=" + url.uidValidity().getAsLong() : "") + "/")
                + ";UID=" + url.uid()
                + (url.section().equals(Section.MESSAGE) ? "" : "/;SECTION=" + encoded(url.section().toString()))
                + (url.partial() == null ? "" : "/;PARTIAL=" + url.partial().offset() + "." + url.partial().length());
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(Character.isLetterOrDigit(octet) ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
        }
        return out.toString();
    }
}

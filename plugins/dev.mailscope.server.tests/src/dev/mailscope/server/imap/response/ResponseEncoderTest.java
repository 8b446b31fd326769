package dev.mailscope.server.imap.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.IdField;
import dev.mailscope.server.imap.command.PartialRange;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.imap.response.Response.Condition;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Range;
import dev.mailscope.server.message.Section;
import dev.mailscope.server.message.ThreadForest;

class ResponseEncoderTest {
    @Test
    void statusResponsesCarryTagConditionCodeAndText() {
        assertWire("a1 OK done", Response.Status.tagged("a1", Condition.OK, "done"));
        assertWire("* BYE so long", Response.Status.untagged(Condition.BYE, "so long"));
        assertWire("* PREAUTH hello", Response.Status.untagged(Condition.PREAUTH, "hello"));
        assertWire("a NO [TRYCREATE] no such folder",
                new Response.Status("a", Condition.NO, ResponseCode.Simple.TRYCREATE, "no such folder"));
        assertCode("READ-ONLY", ResponseCode.Simple.READ_ONLY);
        assertCode("BADCHARSET", new ResponseCode.BadCharset(List.of()));
        assertCode("BADCHARSET (US-ASCII UTF-8)", new ResponseCode.BadCharset(List.of("US-ASCII", "UTF-8")));
        assertCode("CAPABILITY IMAP4rev1 IDLE", new ResponseCode.Capability(List.of("IMAP4rev1", "IDLE")));
        assertCode("PERMANENTFLAGS (\\Seen \\*)", new ResponseCode.PermanentFlags(List.of("\\Seen", "\\*")));
        assertCode("PERMANENTFLAGS ()", new ResponseCode.PermanentFlags(List.of()));
        assertCode("BADURL \"/a%20b;x=%22%5D%5C%C3%00%FF/;UID=1\"",
                new ResponseCode.BadUrl("/a%20b;x=\"]\\\u00c3\0\u00ff/;UID=1"));
        assertCode("INPROGRESS (\"a1\" 13 1000)", new ResponseCode.InProgress("a1", 13, 1000));
        assertCode("INPROGRESS (NIL 0 1)", new ResponseCode.InProgress(null, 0, 1));
        assertCode("UIDNEXT 4392", new ResponseCode.UidNext(4392));
        assertCode("UIDVALIDITY 4294967295", new ResponseCode.UidValidity(4_294_967_295L));
        assertCode("UNSEEN 12", new ResponseCode.Unseen(12));
        assertCode("APPENDUID 38505 3955", new ResponseCode.AppendUid(38505, 3955));
        assertCode("COPYUID 38505 304,319:320 3956:3958", new ResponseCode.CopyUid(38505,
                new long[] {304, 319, 320}, new long[] {3956, 3957, 3958}));
    }

    @Test
    void textCannotBreakTheLine() {
        assertWire("* NO a  b?c ", Response.Status.untagged(Condition.NO, "a\r\nbäc\0"));
        assertWire("* NO .", Response.Status.untagged(Condition.NO, ""));
        assertWire("* OK ([ALERT] x", Response.Status.untagged(Condition.OK, "[ALERT] x"));
        assertEquals("* NO \u00c3\u00a4\r\n",
                wire(Dialect.UTF8, Response.Status.untagged(Condition.NO, "ä")));
    }

    @Test
    void foldersAreAstringsInModifiedUtf7() {
        assertWire("* LIST (\\HasNoChildren) \"/\" INBOX",
                new Response.ListMailbox(List.of("\\HasNoChildren"), '/', "INBOX"));
        assertWire("* LIST () \"\\\\\" \"a b\"", new Response.ListMailbox(List.of(), '\\', "a b"));
        assertWire("* LSUB (\\Noselect) NIL \"\"", new Response.ListSubscribed(List.of("\\Noselect"), (char) 0, ""));
        assertWire("* LIST () \"/\" Entw&APw-rfe", new Response.ListMailbox(List.of(), '/', "Entwürfe"));
        assertWire("* LIST () \"/\" R&-D]", new Response.ListMailbox(List.of(), '/', "R&D]"));
        assertWire("* LIST () \"/\" \"q\\\"\\\\*\"", new Response.ListMailbox(List.of(), '/', "q\"\\*"));
        assertWire("* LIST (\\NonExistent) \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\"))",
                new Response.ListMailbox(List.of("\\NonExistent"), '/', "a", List.of("SUBSCRIBED"), null));
        assertWire("* LIST () \"/\" b (\"OLDNAME\" (\"Entw&APw-rfe alt\"))",
                new Response.ListMailbox(List.of(), '/', "b", List.of(), "Entwürfe alt"));
        assertWire("* LIST () \"/\" b (\"CHILDINFO\" (\"SUBSCRIBED\") \"OLDNAME\" (a))",
                new Response.ListMailbox(List.of(), '/', "b", List.of("SUBSCRIBED"), "a"));
        assertWire("* LIST () \"/\" \"Nil\"", new Response.ListMailbox(List.of(), '/', "Nil"));
        assertEquals("* LIST () \"/\" \"\u00c3\u00bc&\"\r\n",
                wire(Dialect.UTF8, new Response.ListMailbox(List.of(), '/', "ü&")));
    }

    @Test
    void folderDataIsWritten() {
        var values = new EnumMap<StatusItem, Long>(Map.of(StatusItem.MESSAGES, 231L, StatusItem.UIDNEXT, 44292L));
        assertWire("* STATUS \"a b\" (MESSAGES 231 UIDNEXT 44292)", new Response.MailboxStatus("a b", values));
        assertWire("* STATUS a (MAILBOXID (F7))", new Response.MailboxStatus("a", Map.of(StatusItem.MAILBOXID, 7L)));
        assertWire("* STATUS a (APPENDLIMIT 9)", new Response.MailboxStatus("a", Map.of(StatusItem.APPENDLIMIT, 9L)));
        assertWire("* STATUS a (DELETED-STORAGE 8)",
                new Response.MailboxStatus("a", Map.of(StatusItem.DELETED_STORAGE, 8L)));
        var annotations = new LinkedHashMap<String, Optional<String>>();
        annotations.put("/shared/comment", Optional.of("a \"b\""));
        annotations.put("/private/comment", Optional.empty());
        annotations.put("/shared/vendor/x/y z", Optional.of("\u00FC"));
        annotations.put("/shared/vendor/x/n", Optional.of("\0"));
        assertWire("* METADATA \"\" (/shared/comment \"a \\\"b\\\"\" /private/comment NIL \"/shared/vendor/x/y z\""
                + " {1}\r\n\u00FC"
                + " /shared/vendor/x/n ~{1}\r\n\0)", new Response.Metadata("", annotations));
        assertWire("* METADATA \"a b\" /shared/comment \"/shared/vendor/x/y z\"",
                new Response.MetadataChange("a b", List.of("/shared/comment", "/shared/vendor/x/y z")));
        assertWire("* METADATA \"\" /shared/comment", new Response.MetadataChange("", List.of("/shared/comment")));
        assertWire("* OK [METADATA LONGENTRIES 5] x",
                new Response.Status(null, Condition.OK, new ResponseCode.MetadataLongEntries(5), "x"));
        assertWire("* NO [METADATA MAXSIZE 9] x",
                new Response.Status(null, Condition.NO, new ResponseCode.MetadataMaxSize(9), "x"));
        assertWire("* NO [METADATA TOOMANY] x",
                new Response.Status(null, Condition.NO, new ResponseCode.MetadataTooMany(), "x"));
        assertWire("* QUOTA \"\" ()", new Response.Quota("", List.of()));
        assertWire("* QUOTA \"two words\" (STORAGE 10 512 MESSAGE 0 9223372036854775807)",
                new Response.Quota("two words", List.of(new Response.QuotaResource("STORAGE", 10, 512),
                        new Response.QuotaResource("MESSAGE", 0, Long.MAX_VALUE))));
        assertWire("* ACL \"a b\" alice lrswipkxtecda -bob \"\" \"two words\" r",
                new Response.AccessList("a b", rights("alice", "lrswipkxtecda", "-bob", "", "two words", "r")));
        assertWire("* ACL INBOX", new Response.AccessList("INBOX", Map.of()));
        assertWire("* LISTRIGHTS &APw- bob \"\" l r swte",
                new Response.ListRights("ü", "bob", "", List.of("l", "r", "swte")));
        assertWire("* LISTRIGHTS INBOX {2}\r\n\u00C3\u00BC la",
                new Response.ListRights("INBOX", "\u00FC", "la", List.of()));
        assertWire("* MYRIGHTS INBOX lr", new Response.MyRights("INBOX", "lr"));
        assertWire("* MYRIGHTS INBOX \"\"", new Response.MyRights("INBOX", ""));
        assertWire("* QUOTAROOT INBOX", new Response.QuotaRoot("INBOX", List.of()));
        assertWire("* QUOTAROOT &APw- alice \"\"", new Response.QuotaRoot("ü", List.of("alice", "")));
        assertWire("* OK [MAILBOXID (F7)] x",
                new Response.Status(null, Condition.OK, new ResponseCode.MailboxId(7), "x"));
        assertWire("* STATUS a ()", new Response.MailboxStatus("a", Map.of()));
        assertWire("* CAPABILITY IMAP4rev1 IDLE", new Response.Capability(List.of("IMAP4rev1", "IDLE")));
        assertWire("* SEARCH", new Response.Search(OptionalLong.empty()));
        assertWire("* SEARCH 2 84 4294967295", new Response.Search(OptionalLong.empty(), 2, 84, 4_294_967_295L));
        assertWire("* SORT 5 3 1 (MODSEQ 9)", new Response.Sort(OptionalLong.of(9), 5, 3, 1));
        assertWire("* FLAGS (\\Seen $x)", new Response.Flags(List.of("\\Seen", "$x")));
        assertWire("* 0 EXISTS", new Response.Exists(0));
        assertWire("* 5 RECENT", new Response.Recent(5));
        assertWire("* 44 EXPUNGE", new Response.Expunge(44));
    }

    /** The examples of RFC 5256 section 4 and RFC 9394 section 3.1. */
    @Test
    void threadsAndWindowsAreWritten() {
        assertWire("* THREAD", new Response.Thread(new ThreadForest(new int[0], new int[0])));
        assertWire("* THREAD (2)(3 6 (4 23)(44 7 96))", new Response.Thread(new ThreadForest(
                new int[] {0, 1, 2, 3, 4, 5, 6, 7}, new int[] {-1, -1, 1, 2, 3, 2, 5, 6}), 2, 3, 6, 4, 23, 44, 7, 96));
        assertWire("* THREAD ((3)(5))(1)", new Response.Thread(new ThreadForest(
                new int[] {ThreadForest.DUMMY, 0, 1, 2}, new int[] {-1, 0, 0, -1}), 3, 5, 1));
        assertWire("* ESEARCH (TAG \"A04\") UID PARTIAL (24000:24500 NIL) COUNT 0", new Response.ExtendedSearch("A04",
                true, OptionalLong.empty(), OptionalLong.empty(), null, new Response.Partial(
                        new PartialRange(24000, 24500, false), null), OptionalLong.of(0), OptionalLong.empty()));
    }

    @Test
    void namespacesAndIdAreWritten() {
        assertWire("* NAMESPACE ((\"\" \"/\")) NIL ((\"a \\\"\" NIL)(\"b\" \".\"))",
                new Response.Namespaces(List.of(new Response.Namespace("", '/')), List.of(),
                        List.of(new Response.Namespace("a \"", (char) 0), new Response.Namespace("b", '.'))));
        assertWire("* ID NIL", new Response.Id(List.of()));
        assertWire("* ID (\"name\" \"x\" \"os\" NIL)",
                new Response.Id(List.of(new IdField("name", "x"), new IdField("os", null))));
    }

    @Test
    void continuationsAreWritten() {
        assertWire("+ go on", new Response.Continuation("go on"));
        assertWire("+ AAH/", new Response.Challenge(new byte[] {0, 1, -1}));
        assertWire("+ ", new Response.Challenge(new byte[0]));
        assertEquals("Challenge[]", new Response.Challenge(new byte[] {1}).toString());
    }

    @Test
    void saveDatesAndIdsAreWritten() {
        assertWire("* 1 FETCH (SAVEDATE \" 1-Feb-2024 13:05:09 +0000\" EMAILID (ab-1) THREADID NIL)",
                new Response.Fetch(1, List.of(
                        new FetchItem.SaveDate(OffsetDateTime.of(2024, 2, 1, 13, 5, 9, 0, ZoneOffset.UTC)),
                        new FetchItem.EmailId("ab-1"), new FetchItem.NoThreadId())));
    }

    @Test
    void previewsAreUtf8() {
        assertWire("* 1 FETCH (PREVIEW \"a \\\"b\\\"\")",
                new Response.Fetch(1, List.of(new FetchItem.Preview("a \"b\""))));
        assertWire("* 1 FETCH (PREVIEW \"\")", new Response.Fetch(1, List.of(new FetchItem.Preview(""))));
        assertWire("* 1 FETCH (PREVIEW {2}\r\n\u00c3\u00a4)",
                new Response.Fetch(1, List.of(new FetchItem.Preview("\u00e4"))));
    }

    @Test
    void fetchItemsAreWritten() {
        assertWire("* 12 FETCH (FLAGS (\\Seen \\Recent) UID 7 RFC822.SIZE 44827 INTERNALDATE"
                + " \" 1-Feb-2024 13:05:09 -0530\")", new Response.Fetch(12, List.of(
                        new FetchItem.Flags(List.of("\\Seen", "\\Recent")), new FetchItem.Uid(7),
                        new FetchItem.Size(44827),
                        new FetchItem.InternalDate(OffsetDateTime.parse("2024-02-01T13:05:09-05:30")))));
    }

    @Test
    void messageTextIsALiteralThatIsNotCopied() {
        var content = content("Subject: x\r\n\r\nbody");
        var sink = new Sink();
        new ResponseEncoder(sink, Dialect.REV1).encode(new Response.Fetch(1, List.of(
                new FetchItem.Octets(section("1.2", Section.Text.ALL, null), content, slice(14, 4)),
                new FetchItem.Uid(3))));
        assertEquals("* 1 FETCH (BODY[1.2] {4}\r\nbody UID 3)\r\n", sink.text());
        assertEquals(1, sink.slices.size());
        assertSame(content, sink.slices.getFirst());
    }

    @Test
    void sectionsNameWhatWasAsked() {
        var content = content("0123456789");
        assertOctets("BODY[]<3> {2}\r\n34", section("", Section.Text.ALL, new FetchAttribute.Partial(3, 2)), content,
                slice(3, 2));
        assertOctets("BODY[1.2.MIME] NIL", section("1.2", Section.Text.MIME, null), content, null);
        assertOctets("BODY[HEADER] {0}\r\n", section("", Section.Text.HEADER, null), content, slice(0, 0));
        assertOctets("BODY[4.TEXT] {1}\r\n0", section("4", Section.Text.TEXT, null), content, slice(0, 1));
        assertOctets("RFC822.HEADER {1}\r\n0", FetchAttribute.Simple.RFC822_HEADER, content, slice(0, 1));
        assertOctets("RFC822 {1}\r\n0", FetchAttribute.Simple.RFC822, content, slice(0, 1));
        assertOctets("BODY[HEADER.FIELDS (From \"x y\" {1}\r\n\u00e4)] {2}\r\n\r\n",
                new FetchAttribute.BodySection(
                        new Section(List.of(), Section.Text.HEADER_FIELDS, List.of("From", "x y", "ä")), true, null),
                content, new Excerpt.Picked(new byte[] {13, 10}));
        assertOctets("BODY[2.HEADER.FIELDS.NOT (To)] NIL", new FetchAttribute.BodySection(
                new Section(List.of(2), Section.Text.HEADER_FIELDS_NOT, List.of("To")), false, null), content, null);
    }

    @Test
    void attributeWithoutOctetsIsRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> new FetchItem.Octets(FetchAttribute.Simple.FLAGS, content(""), null));
    }

    @Test
    void longResponsesComeWhole() {
        var numbers = LongStream.rangeClosed(1, 30_000).toArray();
        var expected = new StringBuilder("* SEARCH");
        LongStream.of(numbers).forEach(number -> expected.append(' ').append(number));
        assertWire(expected.toString(), new Response.Search(OptionalLong.empty(), numbers));
        var name = "n".repeat(20_000);
        assertWire("* LIST () \"/\" " + name, new Response.ListMailbox(List.of(), '/', name));
        var spaced = "a b".repeat(9_000);
        assertWire("* LIST () \"/\" {27000}\r\n" + spaced, new Response.ListMailbox(List.of(), '/', spaced));
    }

    private static FetchAttribute section(String part, Section.Text text, FetchAttribute.Partial partial) {
        var numbers = new ArrayList<Integer>();
        for (var number : part.isEmpty() ? new String[0] : part.split("\\.")) {
            numbers.add(Integer.valueOf(number));
        }
        return new FetchAttribute.BodySection(new Section(numbers, text), false, partial);
    }

    private static Excerpt slice(int offset, int length) {
        return new Excerpt.Slice(new Range(offset, length));
    }

    private static void assertOctets(String expected, FetchAttribute attribute, Content content, Excerpt excerpt) {
        assertWire("* 1 FETCH (" + expected + ")",
                new Response.Fetch(1, List.of(new FetchItem.Octets(attribute, content, excerpt))));
    }

    private static void assertCode(String expected, ResponseCode code) {
        assertWire("* OK [" + expected + "] x", new Response.Status(null, Condition.OK, code, "x"));
    }

    private static Map<String, String> rights(String... pairs) {
        var rights = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            rights.put(pairs[i], pairs[i + 1]);
        }
        return rights;
    }

    private static void assertWire(String expected, Response response) {
        assertEquals(expected + "\r\n", wire(Dialect.REV1, response));
    }

    static String wire(Dialect dialect, Response response) {
        var sink = new Sink();
        new ResponseEncoder(sink, dialect).encode(response);
        return sink.text();
    }

    static Content content(String octets) {
        return Content.of(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    static final class Sink implements WireOutput {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final List<Content> slices = new ArrayList<>();

        @Override
        public void write(byte[] octets, int offset, int length) {
            all.write(octets, offset, length);
        }

        @Override
        public void slice(Content content, int offset, int length) {
            slices.add(content);
            all.write(content.octets(), offset, length);
        }

        String text() {
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }
}

package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;

class CommandParserTest {
    @Test
    void everyVerbHasASyntaxAndEverySyntaxAVerb() {
        assertEquals(EnumSet.allOf(ImapVerb.class), CommandParser.verbs());
    }

    @Test
    void verbsWithoutArgumentsAreReadInAnyCase() {
        for (var simple : ImapCommand.Simple.values()) {
            var name = simple.verb().wireName();
            assertEquals(simple, command(name));
            assertEquals(simple, command(name.toLowerCase(Locale.ROOT)));
            assertBad("a " + name + " x\r\n", 2 + name.length());
            assertBad("a " + name + " \r\n", 2 + name.length());
        }
    }

    @Test
    void tagIsAnyWordWithoutPlus() {
        assertEquals("A1.]-x", assertInstanceOf(Parsed.Ok.class, parse("A1.]-x NOOP\r\n")).tag().text());
        assertBad("a+1 NOOP\r\n", 1);
        assertBad("* NOOP\r\n", 0);
        assertBad("(a) NOOP\r\n", 0);
    }

    @Test
    void commandWithoutTagIsExplained() {
        assertBad("\r\n", 0);
        assertBad(" NOOP\r\n", 0);
        assertTrue(assertBad("NOOP\r\n", 0).message().contains("a1 NOOP"));
        assertTrue(assertBad("login alice secret\r\n", 0).message().contains("a1 LOGIN"));
        assertBad("a\r\n", 1);
        assertBad("a \r\n", 2);
        assertBad("a  NOOP\r\n", 2);
    }

    @Test
    void unknownVerbIsBadAtTheVerb() {
        for (var text : List.of("a FROB x\r\n", "a NOOPX\r\n", "a UID FROB\r\n", "a XMAIL\r\n",
                "a UID LOGIN a b\r\n", "a UID UID FETCH\r\n")) {
            assertEquals(null, assertBad(text, 2).verb(), text);
        }
        assertBad("a UID\r\n", 5);
        assertEquals("FETCH", assertBad("a FETCH(FLAGS)\r\n", 7).verb());
    }

    @Test
    void bareLineFeedEndsACommand() {
        assertInstanceOf(Parsed.Ok.class, parse("a NOOP\n"));
        assertBad("a NOOP\rx\r\n", 6);
    }

    @Test
    void idIsRead() {
        assertEquals(new ImapCommand.Id(List.of()), command("ID NIL"));
        assertEquals(new ImapCommand.Id(List.of()), command("ID ()"));
        assertEquals(new ImapCommand.Id(List.of(new IdField("name", "x"), new IdField("version", null))),
                command("ID (\"name\" \"x\" {7+}\r\nversion NIL)"));
        assertBad("a ID\r\n", 4);
        assertBad("a ID x\r\n", 5);
        assertBad("a ID (\"name\")\r\n", 12);
        assertBad("a ID (\"n\" NIL \"N\" NIL)\r\n", 14);
        assertBad("a ID (" + "\"f\" NIL ".repeat(2) + ")\r\n", 14);
        assertBad("a ID (\"" + "n".repeat(31) + "\" NIL)\r\n", 6);
        assertBad("a ID (\"n\" \"" + "v".repeat(1025) + "\")\r\n", 10);
    }

    @Test
    void loginTakesAtomsQuotedStringsAndLiterals() {
        var expected = new ImapCommand.Login("alice", "se\"cret");
        assertEquals(expected, command("LOGIN alice \"se\\\"cret\""));
        assertEquals(expected, command("LOGIN \"alice\" {7}\r\nse\"cret"));
        assertEquals(expected, command("LOGIN {5+}\r\nalice {7+}\r\nse\"cret"));
        assertEquals(new ImapCommand.Login("ä", "ö]"), command("LOGIN {2}\r\n\u00c3\u00a4 {3}\r\n\u00c3\u00b6]"));
        assertBad("a LOGIN {1}\r\n\u00e4 x\r\n", 13);
    }

    @Test
    void authenticateMayBringAResponse() {
        assertEquals(new ImapCommand.Authenticate("PLAIN", null), command("AUTHENTICATE plain"));
        assertEquals(new ImapCommand.Authenticate("PLAIN", "\0a\0b".getBytes(StandardCharsets.US_ASCII)),
                command("AUTHENTICATE PLAIN AGEAYg=="));
        assertEquals(new ImapCommand.Authenticate("EXTERNAL", new byte[0]), command("AUTHENTICATE EXTERNAL ="));
        assertBad("a AUTHENTICATE\r\n", 14);
        assertBad("a AUTHENTICATE PLAIN \r\n", 21);
        assertBad("a AUTHENTICATE PLAIN A\r\n", 21);
        assertBad("a AUTHENTICATE PLAIN AGEAYg== x\r\n", 29);
        assertBad("a AUTHENTICATE PL/AIN\r\n", 15);
    }

    @Test
    void foldersAreNamedByAnyAstring() {
        assertEquals(new ImapCommand.Select("inbox", false, false, null), command("SELECT inbox"));
        assertEquals(new ImapCommand.Select("Entwürfe", true, false, null), command("EXAMINE Entw&APw-rfe"));
        assertEquals(new ImapCommand.Create("a b", List.of()), command("CREATE \"a b\""));
        assertEquals(new ImapCommand.Create("s", List.of("\\Sent", "\\x")), command("CREATE s (use (\\Sent \\x))"));
        assertEquals(new ImapCommand.Create("s", List.of()), command("CREATE s (USE ())"));
        assertBad("a CREATE s (USE (Sent))\r\n", 17);
        assertBad("a CREATE s (COLOUR (\\Red))\r\n", 12);
        assertEquals(new ImapCommand.Delete("a]"), command("DELETE a]"));
        assertEquals(new ImapCommand.Rename("a", "Inbox"), command("RENAME a {5}\r\nInbox"));
        assertEquals(new ImapCommand.Subscribe("a"), command("SUBSCRIBE a"));
        assertEquals(new ImapCommand.Unsubscribe(""), command("UNSUBSCRIBE \"\""));
        assertBad("a SELECT\r\n", 8);
        assertBad("a SELECT \r\n", 9);
        assertBad("a SELECT  x\r\n", 9);
        assertBad("a SELECT a*\r\n", 10);
        assertBad("a SELECT a b\r\n", 11);
        assertBad("a SELECT \"a\r\n", 11);
        assertBad("a SELECT \"a\\b\"\r\n", 12);
        assertBad("a RENAME a\r\n", 10);
    }

    @Test
    void malformedFolderNameIsBadAtItsOctet() {
        assertBad("a SELECT ab&x\r\n", 11);
        assertBad("a SELECT \"a\\\\b\\\"&x\"\r\n", 16);
        assertBad("a SELECT {3}\r\na&x\r\n", 15);
        assertBad("a SELECT \"a\u00e9\"\r\n", 11);
        assertBad("a SELECT {2}\r\na\u00e9\r\n", 15);
    }

    @Test
    void utf8DialectTakesQuotedUtf8() {
        var parsed = CommandParser.parse(CommandText.raw("a SELECT \"\u00c3\u00a4&x\"\r\n"), Dialect.UTF8);
        assertEquals(new ImapCommand.Select("ä&x", false, false, null),
                assertInstanceOf(Parsed.Ok.class, parsed).command());
    }

    @Test
    void listTakesAReferenceAndAPattern() {
        assertEquals(new ImapCommand.ListMailboxes("", List.of("*"), null), command("LIST \"\" *"));
        assertEquals(new ImapCommand.ListMailboxes("a/", List.of("%/ü]"), null), command("LIST a/ %/&APw-]"));
        assertEquals(new ImapCommand.ListSubscribed("", ""), command("LSUB \"\" \"\""));
        assertEquals(new ImapCommand.ListMailboxes("", List.of("a", "b%"), new ListOptions(
                Set.of(ListOptions.Selection.SUBSCRIBED, ListOptions.Selection.RECURSIVEMATCH),
                Set.of(ListOptions.Result.CHILDREN, ListOptions.Result.SPECIAL_USE),
                List.of(StatusItem.UNSEEN, StatusItem.MESSAGES), List.of())),
                command("LIST (recursivematch SUBSCRIBED subscribed) \"\" (a b%) RETURN (CHILDREN"
                        + " STATUS (UNSEEN MESSAGES) Special-Use)"));
        assertEquals(new ImapCommand.ListMailboxes("", List.of("a"), new ListOptions(Set.of(), Set.of(), List.of(),
                List.of())), command("LIST () \"\" a RETURN ()"));
        assertEquals(new ImapCommand.ListMailboxes("", List.of("a"), new ListOptions(Set.of(),
                Set.of(ListOptions.Result.CHILDREN), List.of(), List.of("/shared/b", "/private/a", "/shared/c"))),
                command("LIST \"\" a RETURN (Metadata (/Shared/b \"/private/a\" /shared/B) CHILDREN METADATA"
                        + " ({9}\r\n/shared/c))"));
        assertBad("a LIST \"\" * RETURN (METADATA)\r\n", 28);
        assertBad("a LIST \"\" * RETURN (METADATA /shared/a)\r\n", 29);
        assertBad("a LIST \"\" * RETURN (METADATA ())\r\n", 30);
        assertBad("a LIST \"\" * RETURN (METADATA (/shared/a ))\r\n", 40);
        assertBad("a LIST \"\" * RETURN (METADATA (shared/a))\r\n", 30);
        assertBad("a LIST (RECURSIVEMATCH REMOTE) \"\" *\r\n", 7);
        assertBad("a LIST (ALL) \"\" *\r\n", 8);
        assertBad("a LIST \"\" ()\r\n", 11);
        assertBad("a LIST \"\" * RETURN (STATUS)\r\n", 26);
        assertBad("a LIST \"\" * RETURN (STATUS ())\r\n", 28);
        assertBad("a LIST \"\" * GIVE (CHILDREN)\r\n", 12);
        assertBad("a LIST \"\"\r\n", 9);
        assertBad("a LIST * *\r\n", 7);
    }

    @Test
    void statusNamesItemsOnce() {
        assertEquals(new ImapCommand.Status("a", List.of(StatusItem.UIDNEXT, StatusItem.MESSAGES)),
                command("STATUS a (uidnext MESSAGES UIDNEXT)"));
        assertBad("a STATUS a\r\n", 10);
        assertBad("a STATUS a ()\r\n", 12);
        assertBad("a STATUS a (FROB)\r\n", 12);
        assertBad("a STATUS a (UNSEEN\r\n", 18);
        assertBad("a STATUS a UNSEEN\r\n", 11);
    }

    @Test
    void appendBringsFlagsDateAndMessage() {
        var content = Content.of("x\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(new ImapCommand.Append("a", List.of(new AppendMessage(List.of(), null, text(content)))),
                command("APPEND a {3}\r\nx\r\n"));
        assertEquals(new ImapCommand.Append("a", List.of(new AppendMessage(List.of("\\Seen", "$x"),
                OffsetDateTime.parse("2024-02-01T13:05:00-05:30"), text(content)))),
                command("APPEND a (\\SEEN $x \\Seen) \" 1-feb-2024 13:05:00 -0530\" {3+}\r\nx\r\n"));
        assertBad("a APPEND a\r\n", 10);
        assertBad("a APPEND a x\r\n", 11);
        assertBad("a APPEND a (\\Recent) {1}\r\nx\r\n", 12);
        assertBad("a APPEND a {3}\r\nx\0y\r\n", 17);
        var one = new AppendMessage(List.of(), null, text(Content.of("x".getBytes(StandardCharsets.US_ASCII))));
        assertEquals(new ImapCommand.Append("a", List.of(one, one)), command("APPEND a {1}\r\nx {1+}\r\nx\r\n"));
        assertBad("a APPEND a {1}\r\nx \r\n", 18);
        assertEquals(new ImapCommand.Append("a", List.of(new AppendMessage(List.of(), null,
                text(Content.of(new byte[] {'x', 0, 'y'}))))), command("APPEND a ~{3}\r\nx\0y\r\n"));
        assertBad("a APPEND a ~x\r\n", 12);
        assertBad("a APPEND ~{1+}\r\na {1+}\r\nx\r\n", 10);
    }

    private static AppendData text(Content content) {
        return new AppendData.Text(content, false);
    }

    @Test
    void appendOfUtf8NeedsLiteral8() {
        var utf8 = new AppendMessage(List.of(), null, new AppendData.Text(Content.of(new byte[] {'x'}), true));
        assertEquals(new ImapCommand.Append("a", List.of(utf8, utf8)),
                command("APPEND a UTF8 (~{1}\r\nx) utf8 (~{1+}\r\nx)\r\n"));
        assertBad("a APPEND a UTF8 ({1}\r\nx)\r\n", 17);
        assertBad("a APPEND a UTF8 ~{1}\r\nx\r\n", 16);
        assertBad("a APPEND a UTF8 (~{1}\r\nx\r\n", 24);
        assertBad("a APPEND a UTF7 (~{1}\r\nx)\r\n", 11);
    }

    @Test
    void catenatedMessagesHaveParts() {
        var x = Content.of(new byte[] {'x'});
        assertEquals(new ImapCommand.Append("a", List.of(new AppendMessage(List.of("\\Seen"), null,
                new AppendData.Catenate(List.of(new AppendData.Url("/a/;UID=1"), new AppendData.Text(x, false),
                        new AppendData.Text(x, true), new AppendData.Url("x\u00c3\u00bc")))))),
                command("APPEND a (\\Seen) catenate (URL /a/;UID=1 text {1}\r\nx UTF8 (~{1+}\r\nx) url"
                        + " {3}\r\nx\u00c3\u00bc)\r\n"));
        // BINARY's literals too, and several messages.
        var one = new AppendMessage(List.of(), null, new AppendData.Catenate(List.of(
                new AppendData.Text(Content.of(new byte[] {0}), false))));
        assertEquals(new ImapCommand.Append("a", List.of(one, one)),
                command("APPEND a CATENATE (TEXT ~{1}\r\n\0) CATENATE (TEXT ~{1+}\r\n\0)\r\n"));
        assertBad("a APPEND a CATENATE\r\n", 19);
        assertBad("a APPEND a CATENATE ()\r\n", 21);
        assertBad("a APPEND a CATENATE {1}\r\nx\r\n", 20);
        assertBad("a APPEND a CATENATE (URL)\r\n", 24);
        assertBad("a APPEND a CATENATE (URL x\r\n", 26);
        assertBad("a APPEND a CATENATE (URL x )\r\n", 27);
        assertBad("a APPEND a CATENATE (FILE x)\r\n", 21);
        assertBad("a APPEND a CATENATE (TEXT x)\r\n", 26);
        assertBad("a APPEND a CATENATE (TEXT {1}\r\n\0)\r\n", 31);
        assertBad("a APPEND a CATENATE (URL x) \r\n", 28);
        assertBad("a APPEND a CATENATE (URL " + "x".repeat(ImapUrl.LONGEST + 1) + ")\r\n", 25);
    }

    @Test
    void quotedStringsBeyondAsciiAreUtf8() {
        var raw = CommandText.raw("a SEARCH SUBJECT \"x\u00fc\"\r\n");
        assertEquals(19, assertInstanceOf(Parsed.Bad.class, CommandParser.parse(raw, Dialect.UTF8)).offset());
        assertEquals(19, assertInstanceOf(Parsed.Bad.class, CommandParser.parse(raw)).offset());
        // A sequence that is cut off by the quote.
        raw = CommandText.raw("a SEARCH SUBJECT \"x\u00c3\"\r\n");
        assertEquals(19, assertInstanceOf(Parsed.Bad.class, CommandParser.parse(raw, Dialect.UTF8)).offset());
    }

    @Test
    void appendDatesAreChecked() {
        for (var bad : List.of("1-Feb-2024 13:05:00 +0100", "30-Feb-2024 13:05:00 +0100", " 0-Feb-2024 13:05:00 +0100",
                " 1-Foo-2024 13:05:00 +0100", " 1-Feb-24 13:05:00 +0100", " 1-Feb-2024 24:05:00 +0100",
                " 1-Feb-2024 13:60:00 +0100", " 1-Feb-2024 13:05:00 +1960", " 1-Feb-2024 13:05:00 +1900",
                " 1-Feb-2024 13:05:00 0100", " 1-Feb-2024 13:05 +0100", " 1-Feb-2024  13:05:00 +0100")) {
            var parsed = parse("a APPEND a \"" + bad + "\" {1}\r\nx\r\n");
            var offset = assertInstanceOf(Parsed.Bad.class, parsed, bad).offset();
            assertTrue(offset > 11 && offset < 11 + bad.length() + 2, bad + " at " + offset);
        }
    }

    @Test
    void replaceNamesOneMessage() {
        var message = new AppendMessage(List.of("\\Draft"), null, text(Content.of(new byte[] {'x'})));
        assertEquals(new ImapCommand.Replace(false, SequenceSet.of(4), "a", message),
                command("REPLACE 4 a (\\Draft) {1}\r\nx\r\n"));
        assertEquals(new ImapCommand.Replace(true, SequenceSet.parse("*"), "a", message),
                command("UID REPLACE * a (\\Draft) ~{1+}\r\nx\r\n"));
        assertBad("a REPLACE 0 a {1+}\r\nx\r\n", 10);
        assertBad("a REPLACE 1:2 a {1+}\r\nx\r\n", 11);
        assertBad("a REPLACE $ a {1+}\r\nx\r\n", 10);
        assertBad("a REPLACE 1 a\r\n", 13);
        assertBad("a REPLACE 1 a {1+}\r\nx {1+}\r\ny\r\n", 21);
    }

    @Test
    void previewAndModifiersAreToldApart() {
        assertEquals(List.of(new FetchAttribute.Preview(true)), fetch("PREVIEW (LAZY)"));
        assertEquals(List.of(new FetchAttribute.Preview(true), FetchAttribute.Simple.UID),
                fetch("(PREVIEW (lazy LAZY) UID)"));
        assertEquals(List.of(new FetchAttribute.Preview(false), FetchAttribute.Simple.UID), fetch("(PREVIEW UID)"));
        assertEquals(List.of(new FetchAttribute.Preview(false)), fetch("PREVIEW (CHANGEDSINCE 5)"));
        assertEquals(List.of(new FetchAttribute.Preview(true)), fetch("PREVIEW (LAZY) (CHANGEDSINCE 5)"));
        assertBad("a FETCH 1 PREVIEW (LAZY CHANGEDSINCE)\r\n", 24);
        assertBad("a FETCH 1 (PREVIEW (X))\r\n", 19);
        assertBad("a FETCH 1 PREVIEW (LAZY\r\n", 23);
        assertBad("a FETCH 1 PREVIEW ()\r\n", 19);
    }

    @Test
    void fetchReadsEveryItem() {
        for (var simple : FetchAttribute.Simple.values()) {
            assertEquals(List.of(simple), fetch(simple.wireName()));
            assertEquals(List.of(simple), fetch("(" + simple.wireName() + ")"));
        }
        for (var text : List.of("BODY[]", "BODY.PEEK[]", "BODY[1]", "BODY[1.22.3]", "BODY[HEADER]", "BODY[TEXT]",
                "BODY[1.MIME]", "BODY.PEEK[4.1.HEADER]", "BODY[2.TEXT]", "BODY[HEADER.FIELDS (FROM TO)]",
                "BODY[3.HEADER.FIELDS.NOT (FROM)]", "BODY[]<0.1>", "BODY.PEEK[1]<4294967295.4294967295>")) {
            assertEquals(text, fetch(text).getFirst().toString());
            assertEquals(fetch(text), fetch("(" + text.toLowerCase(Locale.ROOT) + ")")
                    .stream().map(this::upperFields).toList());
        }
        assertEquals("(FLAGS UID BODY[])", "(" + String.join(" ",
                fetch("(FLAGS UID FLAGS BODY[])").stream().map(Object::toString).toList()) + ")");
    }

    @Test
    void fetchMacrosStandAlone() {
        assertEquals(4, fetch("ALL").size());
        assertEquals(3, fetch("fast").size());
        assertEquals(5, fetch("FULL").size());
        assertTrue(assertBad("a FETCH 1 (ALL)\r\n", 11).message().contains("without parentheses"));
        assertBad("a FETCH 1 ALL FLAGS\r\n", 14);
    }

    @Test
    void malformedFetchIsBadAtItsOctet() {
        assertBad("a FETCH\r\n", 7);
        assertBad("a FETCH 1\r\n", 9);
        assertBad("a FETCH x FLAGS\r\n", 8);
        assertBad("a FETCH 0 FLAGS\r\n", 8);
        assertBad("a FETCH 1: FLAGS\r\n", 10);
        assertBad("a FETCH 4294967296 FLAGS\r\n", 8);
        assertBad("a FETCH 1 FLAG\r\n", 10);
        assertBad("a FETCH 1 ()\r\n", 11);
        assertBad("a FETCH 1 (FLAGS\r\n", 16);
        assertBad("a FETCH 1 (FLAGS  UID)\r\n", 17);
        assertBad("a FETCH 1 FLAGS UID\r\n", 16);
        assertBad("a FETCH 1 BODY.PEEK\r\n", 19);
        assertBad("a FETCH 1 BODY[\r\n", 15);
        assertBad("a FETCH 1 BODY[MIME]\r\n", 15);
        assertBad("a FETCH 1 BODY[0]\r\n", 15);
        assertBad("a FETCH 1 BODY[1.]\r\n", 17);
        assertBad("a FETCH 1 BODY[HEADER.FIELDS]\r\n", 28);
        assertBad("a FETCH 1 BODY[HEADER.FIELDS ()]\r\n", 30);
        assertBad("a FETCH 1 BODY[]<0.0>\r\n", 19);
        assertBad("a FETCH 1 BODY[]<0>\r\n", 18);
        assertBad("a FETCH 1 FLAGS[]\r\n", 15);
        assertBad("a FETCH 1 \0\r\n", 10);
    }

    @Test
    void storeReadsModeSilenceAndFlags() {
        assertEquals("FLAGS (\\Seen)", store("FLAGS \\seen").toString());
        assertEquals("+FLAGS.SILENT (\\Deleted $x)", store("+flags.silent (\\DELETED $x $x)").toString());
        assertEquals("-FLAGS ()", store("-FLAGS ()").toString());
        assertEquals("FLAGS (a b)", store("FLAGS a b").toString());
        assertEquals("FLAGS (\\Foo)", store("FLAGS (\\Foo)").toString());
        assertBad("a STORE 1\r\n", 9);
        assertBad("a STORE 1 FLAGS\r\n", 15);
        assertBad("a STORE 1 FLAG (x)\r\n", 10);
        assertBad("a STORE 1 *FLAGS (x)\r\n", 10);
        assertBad("a STORE 1 +FLAGS (\\Recent)\r\n", 18);
        assertBad("a STORE 1 +FLAGS (\\*)\r\n", 18);
        assertBad("a STORE 1 +FLAGS (\\)\r\n", 19);
        assertBad("a STORE 1 +FLAGS (a b\r\n", 21);
        assertBad("a STORE 1 +FLAGS (a (b))\r\n", 20);
        assertBad("a STORE 1 +FLAGS a]\r\n", 18);
    }

    @Test
    void uidFormsAreMarked() {
        assertEquals("UID FETCH", command("UID FETCH 1:* (FLAGS)").verb().wireName());
        assertEquals("UID STORE", command("uid store 1 flags x").verb().wireName());
        assertEquals("UID COPY", command("UID COPY 1,2 a").verb().wireName());
        assertEquals("UID SEARCH", command("UID SEARCH ALL").verb().wireName());
        assertEquals(new ImapCommand.UidExpunge(SequenceSet.parse("3:5")), command("UID EXPUNGE 3:5"));
    }

    @Test
    void problemIsFoundBeforeTheLiteralCame() {
        assertEquals(11, problem("a APPEND a x {5}\r\n"));
        assertEquals(7, problem("a NOOP {5}\r\n") + 1);
        assertEquals(-1, problem("a APPEND a {5}\r\n"));
        assertEquals(-1, problem("a LOGIN {5}\r\n"));
        assertEquals(-1, problem("a LOGIN alice {6}\r\n"));
        assertEquals(2, problem("a FROB {6}\r\n"));
    }

    @Test
    void messageQuotesOnlyWhenAsked() {
        var raw = CommandText.raw("a FETCH 1 FLAG\r\n");
        var bad = (Parsed.Bad) CommandParser.parse(raw);
        assertFalse(bad.message().contains("FLAG\""));
        assertTrue(bad.messageQuoting(raw).endsWith(": FLAG"));
        assertEquals("a", bad.tag());
        assertEquals("FETCH", bad.verb());
    }

    @Test
    void verbsExplainThemselves() {
        for (var verb : ImapVerb.values()) {
            assertEquals(verb, ImapVerb.named(verb.wireName()));
            assertTrue(verb.syntax().startsWith(verb.wireName()));
            assertTrue(verb.explanation().endsWith("."));
            assertTrue(verb.reference().startsWith("RFC "));
            assertFalse(verb.legalIn(ImapPhase.LOGOUT));
            assertNotNull(verb.phases().iterator().next());
        }
        assertTrue(ImapVerb.LOGIN.legalIn(ImapPhase.NOT_AUTHENTICATED));
        assertFalse(ImapVerb.LOGIN.legalIn(ImapPhase.SELECTED));
        assertTrue(ImapVerb.APPEND.legalIn(ImapPhase.SELECTED));
        assertFalse(ImapVerb.FETCH.legalIn(ImapPhase.AUTHENTICATED));
    }

    private FetchAttribute upperFields(FetchAttribute attribute) {
        return fetch(attribute.toString()).getFirst();
    }

    private static int problem(String soFar) {
        var framer = new ImapFramer();
        framer.feed(soFar.getBytes(StandardCharsets.US_ASCII), 0, soFar.length());
        var announced = assertInstanceOf(Frame.LiteralAnnounced.class, framer.next());
        return CommandParser.problemSoFar(announced.soFar(), Dialect.REV1).map(Parsed.Bad::offset).orElse(-1);
    }

    private static List<FetchAttribute> fetch(String items) {
        return assertInstanceOf(ImapCommand.Fetch.class, command("FETCH 1 " + items)).attributes();
    }

    private static StoreFlags store(String flags) {
        return assertInstanceOf(ImapCommand.Store.class, command("STORE 1 " + flags)).flags();
    }

    private static ImapCommand command(String text) {
        var parsed = parse("a " + text + "\r\n");
        return assertInstanceOf(Parsed.Ok.class, parsed, () -> text + ": " + parsed).command();
    }

    private static Parsed.Bad assertBad(String text, int offset) {
        var bad = assertInstanceOf(Parsed.Bad.class, parse(text), text);
        assertEquals(offset, bad.offset(), text + ": " + bad.message());
        return bad;
    }

    private static Parsed parse(String text) {
        return CommandParser.parse(CommandText.raw(text));
    }
}

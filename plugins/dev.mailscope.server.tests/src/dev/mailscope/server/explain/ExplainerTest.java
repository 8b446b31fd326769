package dev.mailscope.server.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.SessionState;

/** What each part of a line is said to mean. */
class ExplainerTest {
    private static final List<String> SEEDS = List.of("a LOGIN alice {6}\r\nsecret\r\n",
            "a UID FETCH 1:*,7 (FLAGS BODY.PEEK[1.HEADER.FIELDS (A \"B\")]<0.9>) (CHANGEDSINCE 7 VANISHED)\r\n",
            "a SEARCH RETURN (MIN PARTIAL 1:9) CHARSET UTF-8 OR NOT FROM {2+}\r\nxy (SINCE 1-Feb-2024 1:9) LARGER"
            + " 7\r\n", "* LIST (\\HasChildren) \"/\" \"a b\" (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n",
            "* 3 FETCH (ENVELOPE (NIL \"s\" ((\"n\" NIL \"m\" \"h\")) NIL NIL NIL NIL NIL NIL \"<i>\") BODY[]"
            + " {3}\r\nabc)\r\n",
            "* 3 FETCH (BODYSTRUCTURE ((\"text\" \"plain\" (\"a\" \"b\") NIL NIL \"7bit\" 1 2 NIL NIL NIL NIL)"
            + " \"mixed\"))\r\n", "a OK [COPYUID 1 2:3 4:5] done\r\n", "* THREAD (1 (2)(3))\r\n", "+ abc\r\n",
            "+OK 3 octets\r\nA: b\r\n\r\n..\r\n.\r\n",
            "-ERR [SYS/TEMP] no\r\n", "TOP 1 2\r\n", "* ESEARCH (TAG \"a\") UID ALL 1:3 PARTIAL (1:2 NIL)\r\n");
    private static final String LETTERS = "\0\t\r\n \"\\(){}[]<>*%&+-.,:0159aAz~$\u007f\u00c3\u00a4\u00ff";

    @Test
    void aSequenceSetNamesTheMessagesOfThisFolder() {
        assertEquals("Messages 3 to 5, the last.", here("a FETCH 3:* FLAGS\r\n", "3:*"));
        assertEquals("Messages 4 to 9, but there are only 5.", here("a FETCH 4:9 FLAGS\r\n", "4:9"));
        assertEquals("Message 1, messages 3 to 4.", here("a STORE 4:3,1 +FLAGS (\\Seen)\r\n", "4:3,1"));
        assertEquals("3 messages: the first has UID 14 and now sequence number 3, the last UID 20 and sequence number"
                + " 5.", here("a UID FETCH 13:* FLAGS\r\n", "13:*"));
        assertEquals("No message the client knows of has such a UID.", here("a UID COPY 15 INBOX\r\n", "15"));
    }

    @Test
    void eachPartOfACommandIsNamed() {
        assertEquals("tag|space|command UID FETCH|space|UID set|space|opening parenthesis|FETCH item FLAGS|space"
                + "|FETCH item BODY.PEEK|opening bracket|section part|section text HEADER.FIELDS|space"
                + "|opening parenthesis|header field name|closing parenthesis|closing bracket|partial range"
                + "|closing parenthesis|line end",
                whats("a UID FETCH 1 (FLAGS BODY.PEEK[1.HEADER.FIELDS (To)]<0.9>)\r\n", imap(false)));
        assertEquals("tag|space|command STORE|space|sequence set|space|STORE action +FLAGS.SILENT|space"
                + "|opening parenthesis|flag \\Deleted|space|flag work|closing parenthesis|line end",
                whats("a STORE 1 +FLAGS.SILENT (\\Deleted work)\r\n", imap(false)));
        assertEquals("tag|space|unexpected part|line end", whats("a (\r\n", imap(false)));
    }

    @Test
    void aFolderNameIsReadAsPeopleReadIt() {
        for (var written : List.of("Entw&APw-rfe", "\"Entw&APw-rfe\"")) {
            assertEquals("It is the folder Entw\u00FCrfe.", here("a SELECT " + written + "\r\n", written));
        }
    }

    @Test
    void rightsAreSpelledOut() {
        assertEquals("l: See the folder in lists. r: Open the folder and read it.", here("a SETACL Work bob +lr\r\n",
                "+lr"));
    }

    @Test
    void positionsOfEnvelopeAndStructureAreNamed() {
        var whats = whats("* 1 FETCH (ENVELOPE (\"d\" \"s\" ((\"n\" NIL \"m\" \"h\")) NIL NIL NIL NIL NIL \"r\" \"i\")"
                + " BODYSTRUCTURE ((\"text\" \"html\" (\"charset\" \"x\") NIL NIL \"7bit\" 12 1) (\"image\" \"png\""
                + " NIL NIL NIL \"base64\" 9) \"mixed\"))\r\n", imap(true)).replace("|space", "")
                .replace("|opening parenthesis", "").replace("|closing parenthesis", "");
        assertEquals("untagged mark|sequence number|response name FETCH|FETCH item ENVELOPE|date|subject"
                + "|from: display name|from: source route|from: mailbox|from:"
                + " host|sender|reply-to|to|cc|bcc|in-reply-to"
                + "|message-id|FETCH item BODYSTRUCTURE|type|subtype|parameter name|parameter"
                + " value|id|description|encoding"
                + "|size|number of lines|type|subtype|parameters|id|description|encoding|size|multipart subtype|line"
                + " end", whats);
    }

    @Test
    void aSecretIsExplainedByItsLengthAlone() {
        var octets = new Octets.Builder().text("a LOGIN alice ").hidden(9).text("\r\n").toOctets();
        var found = Explainer.explain(Line.of(octets, Explainer.MOST), imap(false));
        var secret = found.get(found.size() - 2);
        assertEquals("secret", secret.what());
        assertEquals("9 octets. It is the secret.", secret.here());
        assertEquals(14, secret.range().offset());
    }

    @Test
    void pop3AnswersAreReadByTheirCommand() {
        var list = new Context("pop3", true, "LIST", null);
        assertEquals("status indicator +OK|space|text for people|line end|message number|space|size|line end"
                + "|end of answer|line end", whats("+OK 1 message:\r\n1 120\r\n.\r\n", list));
        assertEquals("status indicator +OK|space|message number|space|size|line end", whats("+OK 1 120\r\n", list));
        assertEquals("status indicator +OK|space|text for people|line end|message header|end of header|doubled dot"
                + "|message body|end of answer|line end",
                whats("+OK 9 octets\r\nA: b\r\nC: d\r\n\r\n.. two\r\nthree\r\n.\r\n",
                        new Context("pop3", true, "RETR", null)));
        assertEquals("status indicator +OK|space|text for people|timestamp|line end", whats("+OK hello <1@x>\r\n",
                new Context("pop3", true, "", null)));
        assertEquals("status indicator -ERR|space|response code IN-USE|space|text for people|line end",
                whats("-ERR [IN-USE] no\r\n", new Context("pop3", true, "PASS", null)));
    }

    @Test
    void changedLinesAreExplainedToTheLastOctet() {
        var random = new Random(9051);
        for (var round = 0; round < 40_000; round++) {
            var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (var i = random.nextInt(5); i > 0; i--) {
                var at = random.nextInt(text.length());
                var c = random.nextInt(8) == 0 ? (char) random.nextInt(256)
                        : LETTERS.charAt(random.nextInt(LETTERS.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            check(text.toString(), random);
        }
    }

    @Test
    void randomOctetsAndDeepNestingAreExplainedToTheLastOctet() {
        var random = new Random(3501);
        for (var round = 0; round < 10_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(60); i > 0; i--) {
                text.append(random.nextBoolean() ? (char) random.nextInt(256)
                        : LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            check(text.toString(), random);
        }
        for (var many : List.of("1,", "1 ", "(1)", "x ", "1:*,")) {
            check("a FETCH " + many.repeat(15_000) + "1 FLAGS\r\n", random);
            check("a STORE 1 FLAGS " + many.repeat(15_000), random);
            check("* ESEARCH (TAG \"a\") UID ALL " + many.repeat(15_000), random);
            check("* OK [COPYUID " + many.repeat(15_000), random);
        }
        for (var deep : List.of("(", "NOT ", "OR ", "FUZZY (", "((\"a\" ")) {
            check("a SEARCH " + deep.repeat(20_000), random);
            check("* 1 FETCH (BODYSTRUCTURE " + deep.repeat(20_000), random);
            check("* THREAD " + deep.repeat(20_000), random);
        }
    }

    private static void check(String text, Random random) {
        var commands = List.of("", "FETCH", "IDLE", "AUTHENTICATE", "LIST", "RETR", "CAPA", "AUTH", "STAT",
                "UID SEARCH");
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        var built = new Octets.Builder();
        var secret = octets.length == 0 || random.nextInt(3) > 0 ? octets.length : random.nextInt(octets.length);
        built.write(octets, 0, secret);
        built.hidden(random.nextInt(9));
        built.write(octets, secret, octets.length - secret);
        var whole = built.toOctets();
        for (var protocol : List.of("imap", "pop3")) {
            for (var toClient : List.of(true, false)) {
                var at = 0;
                for (var each : Explainer.explain(Line.of(whole, Explainer.MOST), new Context(protocol, toClient,
                        commands.get(random.nextInt(commands.size())), random.nextBoolean() ? session() : null))) {
                    assertEquals(at, each.range().offset(), text);
                    assertTrue(each.range().length() > 0, text);
                    at = each.range().end();
                }
                assertEquals(Math.min(Explainer.MOST, whole.size()), at, text);
            }
        }
    }

    private static String here(String text, String token) {
        var from = text.indexOf(token);
        return explain(text, imap(false)).stream().filter(each -> each.range().offset() == from).findFirst()
                .orElseThrow().here();
    }

    private static String whats(String text, Context context) {
        return explain(text, context).stream().map(Explanation::what).collect(Collectors.joining("|"));
    }

    private static List<Explanation> explain(String text, Context context) {
        return Explainer.explain(Line.of(Octets.of(text), Explainer.MOST), context);
    }

    private static Context imap(boolean toClient) {
        return new Context("imap", toClient, "FETCH", session());
    }

    /** A session that knows of five messages. */
    private static SessionState session() {
        var told = TreePMap.<Long, Message>empty();
        var content = Content.of(new byte[0]);
        for (var uid : List.of(2L, 9L, 14L, 16L, 20L)) {
            told = told.plus(uid, message(uid, content));
        }
        return new SessionState(1, "imap", "", "", "Selected", "alice", 1, "INBOX", false, told, TreePSet.empty(), 1,
                "");
    }

    private static Message message(long uid, Content content) {
        return new Message(uid, uid, Flags.NONE, Instant.EPOCH.atOffset(ZoneOffset.UTC), Instant.EPOCH, content);
    }
}

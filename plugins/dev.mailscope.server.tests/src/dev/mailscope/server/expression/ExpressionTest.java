package dev.mailscope.server.expression;

import static dev.mailscope.server.expression.Samples.STORE;
import static dev.mailscope.server.expression.Samples.expression;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class ExpressionTest {
    private static boolean holds(String text, TraceEvent event) {
        return expression(text).on(Recording.inMemory()).test(event);
    }

    private static TraceEvent event(String protocol, String command, What what) {
        return new TraceEvent(7, 0, 2, protocol, 5, "Selected", "Work/2026", command, what);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "protocol == 'imap' && command == 'STORE' && folder =^ 'Work'",
        "protocol == 'IMAP' and command == 'Store' and not (phase == 'Transaction')",
        "number == 7 && session == 2 && cause == 5",
        "size == 30 && size > 29 && size >= 30 && size < 31 && size <= 30 && size != 0",
        "kind == 'received' && direction == 'toServer'",
        "text =~ 'STORE \\d \\+FLAGS' && text !~ '^STORE'",
        "contains(text, '+flags') && !contains(text, '-flags')",
        "contains(line, 'IMAP 2')",
        "command =~ ['fetch', 'store'] && command !~ ['FETCH']",
        "session =~ [1, 2] && session !~ [1, 3]",
        "folder =$ '2026' && folder !$ '2025' && folder !^ 'INBOX' && folder !~ 'Play'",
        "folder == 'Work/2026' && folder != 'work/2026' && folder =~ ['Work/2026']",
        "command =^ 'st' && command =~ '^st.re$'",
        "note == '' && empty(note) && empty(uid) && size(folder) == 1 && size(command) == 5",
        "2 + 3 * 4 - 1 == 13 && 7 / 2 == 3 && 7 % 4 == 3 && -session == -2",
        "true && !false && (true == true) && (session == 2) == true",
        "time > '0' && time < '3'",
        "'imap' == protocol || 1 == 2",
        "tag == '' && status == ''",
    })
    void whatIsTrueOfACommandThatWasReceived(String text) {
        assertTrue(holds(text, STORE), text);
        assertFalse(holds("!(" + text + ")", STORE), "not " + text);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "imap, a1 OK [READ-WRITE] done, OK, a1", "imap, * ok still here, OK, ", "imap, * BYE, BYE, ",
        "imap, a2 NO no such folder, NO, a2", "imap, x BAD what, BAD, x", "imap, + go on, +, ", "imap, * 3 EXISTS, , ",
        "imap, * PREAUTH hello, PREAUTH, ", "pop3, +OK 3 messages, +OK, ", "pop3, -ERR no, -ERR, ", "pop3, OK, , "})
    void aResponseHasAStatus(String protocol, String line, String status, String tag) {
        var event = event(protocol, "NOOP", new What.Response(Octets.of(line + "\r\n")));
        assertTrue(holds("status == '" + (status == null ? "" : status.toLowerCase()) + "'", event), line);
        assertTrue(holds("tag == '" + (tag == null ? "" : tag) + "' && direction == 'toClient'", event), line);
    }

    @Test
    void aChangeConcernsFoldersAccountsMessagesAndFlags() {
        var message = Samples.message(3, Flags.of("\\Seen"));
        var change = new TraceEvent(9, 0, 0, "", 0, "", "Work", "", new What.StateChanged(2, List.of(
                new Change.FlagsChanged("alice", 1, "Work", message, Flags.of("\\Deleted", "Later"), 5),
                new Change.FolderRenamed("bob", 2, "Old", "INBOX"))));
        for (var text : List.of("uid == 3", "uid > 2 && uid < 4", "!(uid != 3)", "3 == uid", "uid =~ [1, 3]",
                "flags == '\\Deleted'", "flags == '\\\\deleted'", "flags == 'later'", "flags != '\\Seen'",
                "'later' =~ flags", "flags =~ ['x', '\\Deleted']", "account == 'alice' && account == 'bob'",
                "folder == 'Work' && folder == 'Old' && folder == 'inbox'", "folder =~ ['inbox', 'Gone']",
                "size(flags) == 2 && size(uid) == 1", "direction == 'inside' && kind == 'state' && session == 0")) {
            assertTrue(holds(text, change), text);
        }
        assertFalse(holds("account == 'ALICE' || uid == 4 || folder == 'work' || uid =~ [1, 2]", change));
    }

    @Test
    void othersTellTheirUidsNotesAndSizes() {
        assertTrue(holds("uid == 8", event("pop3", "DELE", new What.Marked(1, 8, true))));
        var told = event("imap", "NOOP", new What.Told(List.of(new Notice.Expunged(1, 4), new Notice.Arrived(3, 0,
                List.of(6L, 7L)), new Notice.FlagsChanged(1, 5, Flags.SEEN, false, 3))));
        assertTrue(holds("uid == 4 && uid == 5 && uid == 6 && uid == 7 && flags == '\\Seen' && size(flags) == 1",
                told));
        assertTrue(holds("note == 'over' && tag == ''", event("imap", "", new What.Closed("over"))));
        assertTrue(holds("note =~ 'wrong' && tag == 'a'", event("imap", "", new What.Rejected("a", "it is wrong", 3))));
        assertTrue(holds("note == 'up'", event("", "", new What.Remark("up"))));
        assertTrue(holds("tag == 'A7'", event("imap", "NOOP", new What.Command("A7"))));
        assertTrue(holds("size == 12", event("imap", "NOOP", new What.Sent(12, 1, 2))));
        assertTrue(holds("account == 'alice'", event("imap", "", new What.ViewOpened("alice", 1, "INBOX", false))));
    }

    @Test
    void everyKindOfEventHasAName() {
        var kinds = Samples.ONE_OF_EACH.stream().map(What::kind).sorted().toList();
        assertEquals(What.class.getPermittedSubclasses().length, kinds.size());
        assertEquals(kinds, Columns.KINDS.stream().sorted().toList());
        for (var what : Samples.ONE_OF_EACH) {
            assertTrue(holds("kind == '" + what.kind()
                    + "' && size >= 0 && text != '0' && size(uid) >= 0 && note != '0'"
                    + " && size(flags) >= 0 && tag != '0' && status != 'BYE' && size(folder) == 1 && size(account) >="
                    + " 0",
                    event("imap", "NOOP", what)), what.toString());
        }
    }

    @Test
    void secretsAreNotFound() {
        var octets = new Octets.Builder().text("a1 LOGIN alice ").hidden(6).text("\r\n").toOctets();
        var event = event("imap", "LOGIN", new What.Received(octets));
        assertTrue(holds("text =~ 'alice [*]{8}\\n$' && !contains(text, 'secret')", event));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "``;0;1;`There is nothing here; an expression looks like command == 'STORE'`",
        "`comand == 'STORE'`;0;6;`There is no \"comand\" here. Did you mean \"command\"?`",
        "`session == 2 && fase == 'x'`;16;4;`There is no \"fase\" here. Did you mean \"phase\"?`",
        "`command == STORE`;11;5;`There is no \"STORE\" here; text is written in quotation marks`",
        "`exist(true)`;0;5;`There is no function \"exist\". Did you mean \"exists\"?`",
        "`count == 3`;0;5;`\"count\" is a function; it is called as count(condition)`",
        "`command = 'STORE'`;8;1;`Nothing can be assigned; to compare, write ==`",
        "`command == `;11;1;`Something is missing after \"==\"`",
        "`command == 'STORE' &&`;21;1;`Something is missing after \"&&\"`",
        "`command == 'STORE`;11;6;`This text is never closed: its second ' is missing`",
        "`(command == 'STORE'`;0;1;`This bracket is never closed`",
        "`command == 'STORE')`;18;1;`This bracket closes none that is open`",
        "`command == ('STORE']`;19;1;`This bracket closes none that is open`",
        "`== 'STORE'`;0;2;`Something is missing before \"==\"`",
        "`session 2`;8;1;`An operator, such as == or &&, is missing before \"2\"`",
        "`session == 1 || || true`;16;2;`Something is missing before \"||\"`",
        "`session & 1`;8;1;`There is no \"&\" in an expression, other than in text`",
        "`session == {1}`;11;1;`There are no braces in an expression; a list is written ['a', 'b']`",
        "`session == 0x1F`;11;4;`\"0x1F\" is no number: a number has decimal digits alone, and begins with no 0`",
        "`session == 017`;11;3;`\"017\" is no number: a number has decimal digits alone, and begins with no 0`",
        "`session`;0;7;`This is a number; an expression must be true or false`",
        "`session && true`;0;7;`This is a number, but true or false is needed here`",
        "`session == 'x'`;11;3;`This is text, which cannot be compared with a number`",
        "`folder == ['a']`;10;5;`This is a list of texts, which cannot be compared with a list of texts`",
        "`protocol == 'imao'`;12;6;`It is never 'imao'. Did you mean 'imap'?`",
        "`kind =~ ['sent', 'responce']`;8;20;`It is never 'responce'. Did you mean 'response'?`",
        "`direction == 'up'`;13;4;`It is never 'up'; it is one of 'toServer', 'toClient', 'inside'`",
        "`session(2) == 3`;14;1;`This is a number, which cannot be compared with a session`",
        "`session(2).fase == 'x'`;11;4;`A session has no \"fase\". Did you mean \"phase\"?`",
        "`session(2).phase.length == 3`;17;6;`There is nothing to be seen inside text`",
        "`3.g`;2;1;`There is nothing to be seen inside a number`",
        "`number == 3.g`;12;1;`There is nothing to be seen inside a number`",
        "`session(2).size == 1`;11;4;`A session has no \"size\"`",
        "`messages('alice') == 0`;0;8;`It is called as messages(account, folder), not with 1 values`",
        "`told() == 0`;0;4;`It is called as told(session), not with nothing`",
        "`session('a').open`;8;3;`The number is a number, but this is text`",
        "`exists('command == 1')`;7;14;`The condition is true or false, but this is text`",
        "`text =~ command`;8;7;`A regular expression must be written out, as text`",
        "`text =~ 'a(b'`;8;5;`This is no regular expression: unclosed group at its character 4`",
        "`number =~ 'x'`;0;6;`This is a number, but a regular expression needs text`",
        "`number =^ 'x'`;0;6;`This is a number, but text is needed here`",
        "`command =~ ['x', 1]`;11;8;`A list holds either texts or numbers`",
        "`command =~ ['x', phase]`;17;5;`A list holds texts or numbers that are written out`",
        "`session + command == 3`;10;7;`This is text, but a number is needed here`",
        "`size(session) == 3`;5;7;`This is a number, but text or a list is needed here`",
        "`a\u202E == 1`;1;1;`There is no character U+202E in an expression, other than in text`",
        "`session ==\t 2 &&\n fase`;18;4;`There is no \"fase\" here. Did you mean \"phase\"?`",
        "`session == 12345678901234567890`;11;20;`This number is too large; 18 digits are the most`",
        "`session.(2)`;8;1;`After \".\" comes a name`",
    })
    void whatIsWrongIsSaidAtTheCharacter(String text, int offset, int length, String message) {
        var wrong = assertInstanceOf(Expression.Wrong.class, Expression.parse(text), text);
        assertEquals(new Problem(message, offset, length), wrong.problem(), text);
    }
}

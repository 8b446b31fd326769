package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

class StopConditionTest {
    private static final Octets STORE = Octets.of("a1 STORE 1 +FLAGS (\\Deleted)\r\n");

    private final Recording recording = Recording.inMemory();

    @AfterEach
    void close() {
        recording.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "BEFORE_PARSING   | protocol == 'imap' && command == 'STORE'       | true",
        "BEFORE_PARSING   | protocol == 'pop3' && command == 'STORE'       | false",
        "BEFORE_PARSING   | contains(text, 'deleted') && kind == 'received' && direction == 'toServer' | true",
        "BEFORE_PARSING   | size == 30 && folder =^ 'Work' && phase == 'Selected' && session == 2 | true",
        "BEFORE_PARSING   | contains(line, 'STORE')                        | true",
        "BEFORE_EXECUTION | tag == 'a1' && kind == 'command'               | true",
        "BEFORE_EXECUTION | tag == 'a2'                                    | false",
        "BEFORE_EXECUTION | contains(text, 'Deleted') && size > 29         | true",
        "BEFORE_EXECUTION | time > '00' && time < '24'                     | true",
        "BEFORE_SENDING   | kind == 'response' && direction == 'toClient'  | true",
        "BEFORE_SENDING   | status == 'NO' && tag == 'a1'                  | true",
        "BEFORE_SENDING   | status == 'OK'                                 | false",
        "BEFORE_SENDING   | contains(text, '* 1 FETCH')                    | true",
        "BEFORE_PARSING   | ''                                             | true",
        "BEFORE_PARSING   | never(kind == 'closed')                        | true",
        "BEFORE_PARSING   | exists(contains(text, 'Deleted'))              | true",
        "BEFORE_EXECUTION | exists(contains(text, 'Deleted'))              | true",
        "BEFORE_PARSING   | count(kind == 'remark') == 2                   | true",
        "BEFORE_PARSING   | exists(uid == 3)                               | false",
        "BEFORE_EXECUTION | messages('alice', 'INBOX') == 0                | true" })
    void itIsAskedOfWhatPasses(Stop stop, String text, boolean fits) {
        remark("one");
        remark("two");
        var octets = stop == Stop.BEFORE_SENDING ? Octets.of("* 1 FETCH (FLAGS ())\r\na1 NO Read-only.\r\n") : STORE;
        assertEquals(fits, condition(text, stop).test(passing("imap", stop, octets)));
    }

    @Test
    void pop3SaysItInTheFirstLine() {
        var wanted = condition("status == '+OK'", Stop.BEFORE_SENDING);
        assertTrue(wanted.test(passing("pop3", Stop.BEFORE_SENDING, Octets.of("+OK 2 octets\r\n-ERR\r\n.\r\n"))));
        assertFalse(wanted.test(passing("pop3", Stop.BEFORE_SENDING, Octets.of("-ERR No.\r\n"))));
        assertFalse(wanted.test(passing("imap", Stop.BEFORE_SENDING, Octets.of("* 4 EXISTS\r\n"))));
        assertFalse(wanted.test(passing("imap", Stop.BEFORE_SENDING, Octets.NONE)));
    }

    @Test
    void secretsAreNotSeen() {
        var octets = new Octets.Builder().text("a1 LOGIN alice ").hidden(6).text("\r\n").toOctets();
        assertFalse(condition("contains(text, 'secret')", Stop.BEFORE_PARSING)
                .test(passing("imap", Stop.BEFORE_PARSING, octets)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "BEFORE_PARSING   | tag == 'a1'     | 0 | \"tag\" has no value before parsing: nothing has been parsed yet",
        "BEFORE_PARSING   | true && status == 'NO' | 8 | \"status\" has no value before parsing: nothing has been"
                + " answered yet",
        "BEFORE_EXECUTION | status == 'NO'  | 0 | \"status\" has no value before execution: nothing has been answered"
                + " yet",
        "BEFORE_SENDING   | number > 5      | 0 | \"number\" has no value before sending: what passes is no event yet",
        "BEFORE_SENDING   | 3 < cause       | 4 | \"cause\" has no value before sending: what passes is no event yet",
        "BEFORE_SENDING   | exists(uid == 1) && uid == 2 | 20 | \"uid\" has no value before sending: it belongs to"
                + " changes and to what clients are told; ask for the text, or for exists(…)",
        "BEFORE_SENDING   | size(flags) > 0 | 5 | \"flags\" has no value before sending: they belong to changes and"
                + " to what clients are told; ask for the text, or for flags(…)",
        "BEFORE_PARSING   | note == 'x'     | 0 | \"note\" has no value before parsing: the server has not said"
                + " anything of it yet",
        "BEFORE_PARSING   | comand == 'x'   | 0 | There is no \"comand\" here. Did you mean \"command\"?",
        "BEFORE_PARSING   | STORE           | 0 | There is no \"STORE\" here; text is written in quotation marks" })
    void whatHasNoValueThereIsRefusedAtItsCharacter(Stop stop, String text, int offset, String message) {
        var problem = assertInstanceOf(Expression.Wrong.class, StopCondition.parse(text, stop)).problem();
        assertEquals(message, problem.message());
        assertEquals(offset, problem.offset());
    }

    @ParameterizedTest
    @ValueSource(strings = { "exists(uid == 1)", "never((number) == 1 && !(note == 'x'))", "count(cause == 3) > 1",
        "flags('alice', 'INBOX', 1) == '\\\\Seen'", "session(2).told == 4", "contains(text, 'uid number')" })
    void whatIsAskedOfEarlierEventsMayNameEverything(String text) {
        for (var stop : Stop.values()) {
            assertInstanceOf(Expression.Right.class, StopCondition.parse(text, stop), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOfferedHasAValue(Stop stop) {
        var offered = StopCondition.proposals("", 0, stop, new Known()).stream()
                .filter(p -> p.kind() == Proposal.Kind.VARIABLE).map(Proposal::label).toList();
        assertTrue(offered.contains("command"), offered.toString());
        assertFalse(offered.contains("uid"), offered.toString());
        assertEquals(stop == Stop.BEFORE_SENDING, offered.contains("status"));
        var inside = "exists(u";
        assertTrue(StopCondition.proposals(inside, inside.length(), stop, new Known()).stream()
                .anyMatch(p -> p.label().equals("uid")));
    }

    @Test
    void whatHasNoAnswerSaysSoWithoutAnEvent() {
        var divides = condition("1 / (size - size) == 1", Stop.BEFORE_PARSING);
        assertEquals("The expression has no answer at what passes before parsing: / by zero.",
                assertThrows(EvaluationException.class,
                        () -> divides.test(passing("imap", Stop.BEFORE_PARSING, STORE))).getMessage());
        var slow = condition("text =~ '(x+x+)+y'", Stop.BEFORE_PARSING);
        var text = Octets.of("x".repeat(4_000));
        assertThrows(EvaluationException.class, () -> slow.test(passing("imap", Stop.BEFORE_PARSING, text)));
    }

    @Test
    void manySessionsAskAtOnce() throws Exception {
        remark("one");
        var condition = condition("count(kind == 'remark') == 1 && contains(text, 'STORE')", Stop.BEFORE_PARSING);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> task = () -> condition.test(passing("imap", Stop.BEFORE_PARSING, STORE));
            for (var answer : threads.invokeAll(Collections.nCopies(500, task))) {
                assertTrue(answer.get());
            }
        }
    }

    private Predicate<Passing> condition(String text, Stop stop) {
        return StopCondition.on(assertInstanceOf(Expression.Right.class, StopCondition.parse(text, stop),
                () -> StopCondition.parse(text, stop).toString()).expression(), recording);
    }

    private static Passing passing(String protocol, Stop stop, Octets octets) {
        return new Passing(2, protocol, stop, "STORE", stop == Stop.BEFORE_PARSING ? "" : "a1", "Selected",
                "Work/2026", octets);
    }

    private void remark(String text) {
        recording.record(0, "", 0, "", "", "", new What.Remark(text));
    }
}

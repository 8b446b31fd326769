package dev.mailscope.server.expression;

import static dev.mailscope.server.expression.Samples.STORE;
import static dev.mailscope.server.expression.Samples.expression;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Whoever writes an expression gets nothing but an answer about events, and soon. */
class HostileExpressionTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "''.class == 1", "''.class.forName('java.lang.Runtime') == 1", "''['class'] == 1", "text.'class' == 'x'",
        "text.getClass() == 1", "session(1).class == 1", "session(1).getClass() == 1", "session(1)['told'] == 1",
        "session(1).told.size() == 1", "folder('a', 'b').name.class == 1", "flags.class == 1", "[1].class == 1",
        "new('java.io.File', '/') == 1", "new java.io.File('/') == 1", "java.lang.System.exit(1)", "System:exit(1)",
        "#pragma jexl.import java.lang\ntrue", "#pragma jexl.namespace.x java.lang.System\ntrue", "x:y(1)",
        "while (true) {}", "while (true) true", "for (var x : [1]) {}", "do {} while (true)", "if (true) true",
        "var x = 1", "let x = 1", "const x = 1", "number = 1", "number += 1", "number++", "--number == 1 && x",
        "(x) -> { x } == 1", "() -> true", "x => x", "function(x) { x }", "true; true", "return true", "throw 'x'",
        "`${1}` == text", "`text` == text", "text =~ ~/x/", "@silent true", "true // text", "true /* text */",
        "## text", "null == text", "text == null", "{ 'a' : 1 } == 1", "{{{{{{{{{{{{{{{{{{{{1}}}}}}}}}}}}}}}}}}}}",
        "[[[[1]]]] == 1", "1..1000000000 == 1", "session =~ (1..3)", "true ? true : false", "text ?: 'x'",
        "text ?? 'x'", "text?.class == 1", "session instanceof number", "session =~ session", "~session == 1",
        "session & 1 == 1", "session ^ 1 == 1", "1 << 62 == 1", "'x' * 1000000 == ''", "size('x' * 1000000000) == 1",
        "'x' + 'x' == 'xx'", "1.0 == 1", "1e9 == 1", "1L == 1", "1h == 1", "NaN == 1", "#NaN == 1", "$0 == 1",
        "jexl == 1", "eval('true')", "exists()", "exists(true, true)", "exists(exists)", "session()", "empty true && x",
        "size [1] == 1", "not", "1 < 2 < 3", "1 == 1 == 1", "text.size == 1", "\u0000 == 1", "\uD800 == 1",
        "session == 1 \uD83D\uDE00", "\\u0074rue", "'\n' == text", "session == \u0661", "try { true } finally { }",
        "switch (1) { default: true }", "session.. == 1", ". == 1", "() == 1", "[] == 1", ", == 1", "contains(,)",
        "contains(text,) == true"})
    void whatIsNoPartOfTheLanguageIsWrongAtSomePlace(String text) {
        var wrong = assertTimeout(Duration.ofSeconds(2),
                () -> assertInstanceOf(Expression.Wrong.class, Expression.parse(text), text));
        var problem = wrong.problem();
        assertTrue(problem.offset() <= text.length() && !problem.message().isBlank(), problem.toString());
    }

    @Test
    void deepNestingAndLongTextsAreWrongAtOnce() {
        for (var text : new String[] { "(".repeat(1_990) + "true" + ")".repeat(1_990), "!".repeat(3_900) + "true",
            "-".repeat(3_900) + "1 == 1", "not ".repeat(900) + "true", "exists(".repeat(500) + "true" + ")".repeat(500),
            "[".repeat(1_990) + "]".repeat(1_990) + " == 1", "x".repeat(1_000_000), "'" + "x".repeat(1_000_000) + "'",
            "1".repeat(3_990) + " == 1", "1 + ".repeat(990) + "1 == 991", "text =~ '" + "(".repeat(3_900) + "'",
            "(".repeat(4_000)}) {
            assertTimeout(Duration.ofSeconds(2),
                    () -> assertInstanceOf(Expression.Wrong.class, Expression.parse(text)));
        }
        for (var text : new String[] { "(!".repeat(39) + "true" + ")".repeat(39),
            "(".repeat(40) + "true" + ")".repeat(40), "exists(".repeat(40) + "true" + ")".repeat(40),
            "true && ".repeat(490) + "true", "true || ".repeat(490) + "true",
            "1 + ".repeat(290) + "1 == 291", "text != '" + "x".repeat(3_980) + "'",
            "(true && ".repeat(40) + "true" + ")".repeat(40), "!(true == ".repeat(40) + "true" + ")".repeat(40)}) {
            assertTimeout(Duration.ofSeconds(2), () -> expression(text).on(Recording.inMemory()).test(STORE), text);
        }
    }

    @Test
    void aRegularExpressionThatNeverEndsIsEnded() {
        var octets = Octets.of("a".repeat(200) + "!\r\n");
        var event = new TraceEvent(9, 0, 1, "imap", 0, "Selected", "", "NOOP", new What.Received(octets));
        for (var regex : new String[] { "^((a*)*)*$", "(.*a){20}x", "^(a*a*a*a*a*a*a*a*)!!" }) {
            var evaluation = expression("text =~ '" + regex + "'").on(Recording.inMemory(), Duration.ofMillis(20),
                    () -> false);
            var failure = assertTimeout(Duration.ofSeconds(2), () -> assertThrows(EvaluationException.class,
                    () -> evaluation.test(event)), regex);
            assertEquals("The expression was ended at event 9: it took longer than 20 milliseconds.",
                    failure.getMessage());
        }
    }

    @Test
    void aRegularExpressionThatRepeatsNothingVeryOftenIsWrong() {
        for (var regex : new String[] { "(((){1000}){1000}){1000}", "(){100001}", "(){3,99999999999999999999}",
                "((){999}){999}"}) {
            var wrong = assertInstanceOf(Expression.Wrong.class, Expression.parse("text =~ '" + regex + "'"), regex);
            assertEquals(8, wrong.problem().offset());
        }
        var times = "^\\d{1,3}(\\.\\d{1,3}){3}$";
        assertTrue(!expression("text =~ '" + times + "'").on(Recording.inMemory()).test(STORE));
    }

    @Test
    void aRegularExpressionThatNeedsTooMuchMemoryIsEnded() {
        var octets = Octets.of("ab".repeat(400_000) + "\r\n");
        var event = new TraceEvent(9, 0, 1, "imap", 0, "Selected", "", "NOOP", new What.Received(octets));
        var failure = assertThrows(EvaluationException.class,
                () -> expression("text =~ '^(a|b)*$'").on(Recording.inMemory()).test(event));
        assertEquals("The expression was ended at event 9: its regular expression needs too much memory for this text.",
                failure.getMessage());
    }

    @Test
    void aLongPastIsEnded() {
        var recording = Recording.inMemory();
        for (var i = 0; i < 5_000; i++) {
            recording.record(1, "imap", 0, "Selected", "", "NOOP", new What.Remark("x".repeat(50)));
        }
        var evaluation = expression("never(note =~ '^(x+)+$')").on(recording, Duration.ofMillis(20), () -> false);
        assertTimeout(Duration.ofSeconds(2), () -> assertTrue(!evaluation.test(recording.event(5_000))));
        var slow = expression("never(note =~ '^(x+x+)+y')").on(recording, Duration.ofMillis(20), () -> false);
        assertTimeout(Duration.ofSeconds(2), () -> assertThrows(EvaluationException.class,
                () -> slow.test(recording.event(5_000))));
    }

    @Test
    void arithmeticThatHasNoAnswerSaysSo() {
        for (var text : new String[] { "1 / (session - 2) == 1", "1 % (session - 2) == 1",
            "999999999999999999 * 999999999999999999 > number", "session / 0 == 1"}) {
            var failure = assertThrows(EvaluationException.class,
                    () -> expression(text).on(Recording.inMemory()).test(STORE), text);
            assertTrue(failure.getMessage().startsWith("The expression has no answer at event 7: "),
                    failure.getMessage());
        }
    }

    @Test
    void randomTextIsEitherRightOrWrong() {
        var random = new Random(4);
        var pieces = new String[] { "session", "text", "'x'", "1", "==", "&&", "||", "!", "(", ")", "[", "]", ".", ",",
            "-", " ", "=~", "exists", "flags", "{", "}", "\\", "\"", "'", "true", "size", "empty", "not", "$", "`",
            "\t", "phase", "<", "+", "/", "%", "=^", "!$", "told", "new", "class", "\u00E9", "#", "/*", "..", ":", "?",
            "uid", "'a\\'" };
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
            }
            switch (Expression.parse(text.toString())) {
                case Expression.Wrong(var problem) ->
                    assertTrue(problem.offset() <= text.length() && problem.length() > 0, text + ": " + problem);
                case Expression.Right(var expression) -> {
                    try {
                        expression.on(Recording.inMemory()).test(STORE);
                    } catch (EvaluationException e) {
                        assertTrue(e.getMessage().contains("event 7"), text + ": " + e.getMessage());
                    }
                }
            }
        }
    }
}

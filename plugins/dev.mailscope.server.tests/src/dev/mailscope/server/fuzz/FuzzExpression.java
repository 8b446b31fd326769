package dev.mailscope.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.expression.StopCondition;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;

/** The expression language: every text is read or refused with a place in it, and what is read comes to an end. */
public final class FuzzExpression {
    private static final Recording RECORDING = recording();
    private static final long LONGEST_MILLIS = 2_000;

    private FuzzExpression() {
    }

    /** An expression in UTF-8. */
    public static void fuzzerTestOneInput(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        switch (Expression.parse(text)) {
            case Expression.Wrong(var problem) -> {
                if (problem.offset() < 0 || problem.offset() > text.length() || problem.message().isBlank()) {
                    throw new AssertionError("a problem that lies nowhere: " + problem);
                }
            }
            case Expression.Right(var expression) -> evaluate(expression);
        }
        for (var stop : Stop.values()) {
            StopCondition.parse(text, stop);
        }
    }

    private static void evaluate(Expression expression) {
        var began = System.nanoTime();
        var evaluation = expression.on(RECORDING, Duration.ofMillis(100), () -> false);
        for (var event : RECORDING.events(RECORDING.first(), 10)) {
            try {
                evaluation.test(event);
            } catch (EvaluationException e) {
                if (e.getMessage().isBlank()) {
                    throw new AssertionError("no word about what went wrong", e);
                }
            }
        }
        var millis = (System.nanoTime() - began) / 1_000_000;
        if (millis > LONGEST_MILLIS) {
            throw new AssertionError("it took " + millis + " ms");
        }
    }

    private static Recording recording() {
        var recording = Recording.inMemory();
        var connected = recording.record(1, "imap", 0, "Not Authenticated", "", "", new What.Connected("a:1", "b:2"));
        recording.record(1, "imap", connected, "Not Authenticated", "", "LOGIN",
                new What.Received(Octets.of("a LOGIN alice x\r\n")));
        recording.record(1, "imap", connected, "Not Authenticated", "", "LOGIN", new What.Command("a"));
        recording.record(1, "imap", connected, "Selected", "INBOX", "", new What.Closed("gone"));
        return recording;
    }
}

package dev.mailscope.bench.compare;

import java.util.List;

/**
 * The answers about one message as they are kept beside it, for people and for the tests of the server: the question on
 * a line; below it what both say, or what each says and the difference it is an instance of.
 *
 * <pre>
 * BODY[TEXT]
 *   Mailscope: "one\n"
 *   Dovecot: "one\r\n"
 *   because: bare-lf
 * BODY[1]<0.2>
 *   both: "on"
 * </pre>
 */
final class AnswerFile {
    /** Stands for the name of a difference that nobody has explained yet. */
    static final String UNEXPLAINED = "(unexplained)";

    private AnswerFile() {
    }

    /** The text of the file. */
    static String of(String message, List<Answer> answers, Differences differences) {
        var text = new StringBuilder();
        for (var answer : answers) {
            text.append(answer.question()).append('\n');
            if (answer.isAlike()) {
                line("both", answer.ours(), text);
            } else {
                line("Mailscope", answer.ours(), text);
                line("Dovecot", answer.theirs(), text);
                line("because", differences.explain(message, answer.question()).orElse(UNEXPLAINED), text);
            }
        }
        return text.toString();
    }

    private static void line(String who, String answer, StringBuilder text) {
        text.append("  ").append(who).append(": ").append(Printed.shortened(answer)).append('\n');
    }
}

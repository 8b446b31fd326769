package dev.mailscope.server.expression;

import java.util.Arrays;

import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.hook.Passing;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;

/**
 * The columns of what is about to pass a stop, where they are others than those of the event that stands for it: that
 * has no octets before execution, and a whole answer is more than one response.
 */
final class PassingColumns {
    private PassingColumns() {
    }

    static String tag(Scope scope) {
        var passing = scope.passing();
        return passing == null ? Columns.tag(scope.event()) : passing.tag();
    }

    static long size(Scope scope) {
        var passing = scope.passing();
        return passing == null ? Columns.size(scope.event()) : passing.octets().size();
    }

    static String text(Scope scope) {
        var passing = scope.passing();
        return passing == null ? Columns.text(scope.event()) : OctetText.text(passing.octets(), Columns.MOST_TEXT);
    }

    /** IMAP says it in the last line of an answer, POP3 in the first. */
    static String status(Scope scope) {
        var passing = scope.passing();
        if (passing == null) {
            return Columns.status(scope.event());
        }
        if (passing.stop() != Stop.BEFORE_SENDING) {
            return "";
        }
        return Columns.status(passing.protocol(), (passing.protocol().equals("imap") ? lastLine(passing)
                : passing.octets()).firstLine(Columns.START));
    }

    private static Octets lastLine(Passing passing) {
        var bytes = passing.octets().toBytes();
        var from = bytes.length - 1;
        while (from > 0 && bytes[from - 1] != '\n') {
            from--;
        }
        return Octets.of(Arrays.copyOfRange(bytes, Math.max(0, from), bytes.length));
    }
}

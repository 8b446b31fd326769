package dev.mailscope.ui.debug;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.expression.StopRule;
import dev.mailscope.server.hook.Held;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.ui.Counted;

/** What is held, and what holds, in words. */
public final class HeldText {
    private HeldText() {
    }

    /** Where it is held, with the command: {@code held before execution: STORE}. */
    public static String where(Held held) {
        var command = command(held);
        return command.isEmpty() ? NLS.bind(Messages.held_at, stop(held.stop()))
                : NLS.bind(Messages.held_atCommand, stop(held.stop()), command);
    }

    /** All that is held, in a sentence; empty when nothing is. */
    public static String sentence(List<Held> held) {
        return switch (held.size()) {
            case 0 -> "";
            case 1 -> NLS.bind(Messages.held_one, session(held.getFirst()), where(held.getFirst()));
            default -> Counted.text(Messages.held_several, held.size(), held.stream().limit(4).map(HeldText::name)
                    .collect(Collectors.joining(", ")) + (held.size() > 4 ? ", \u2026" : ""));
        };
    }

    /** The session in short: {@code IMAP 3}. */
    static String name(Held held) {
        return NLS.bind(Messages.held_name, held.passing().protocol().toUpperCase(Locale.ROOT),
                Long.toString(held.session()));
    }

    /** The session: {@code IMAP session 3}. */
    static String session(Held held) {
        return session(held.passing().protocol(), held.session());
    }

    static String session(String protocol, long number) {
        return NLS.bind(Messages.held_session, protocol.toUpperCase(Locale.ROOT), Long.toString(number));
    }

    /** The command's name; what else it is where there is none. */
    static String command(Held held) {
        return held.passing().command();
    }

    static String stop(Stop stop) {
        return switch (stop) {
            case BEFORE_PARSING -> Messages.stop_parsing;
            case BEFORE_EXECUTION -> Messages.stop_execution;
            case BEFORE_SENDING -> Messages.stop_sending;
        };
    }

    /** What the server is about to do at that stop. */
    static String explanation(Stop stop) {
        return switch (stop) {
            case BEFORE_PARSING -> Messages.stop_parsingHint;
            case BEFORE_EXECUTION -> Messages.stop_executionHint;
            case BEFORE_SENDING -> Messages.stop_sendingHint;
        };
    }

    /** For how long it has been held: {@code 12 s}, {@code 3 min}. */
    static String since(Held held) {
        var seconds = Math.max(0, Duration.between(held.since(), Instant.now()).toSeconds());
        return seconds < 120 ? NLS.bind(Messages.held_seconds, Long.toString(seconds))
                : NLS.bind(Messages.held_minutes, Long.toString(seconds / 60));
    }

    /** What a breakpoint or fault does. */
    static String does(StopRule rule) {
        var fault = rule.fault().map(how -> how.words()).orElse("");
        var words = fault.isEmpty() ? Messages.rule_holds
                : rule.holds() ? NLS.bind(Messages.rule_holdsThen, fault) : fault;
        return rule.once() ? NLS.bind(Messages.rule_once, words) : words;
    }

    /** The condition, or that there is none. */
    static String condition(StopRule rule) {
        return rule.condition().isBlank() ? Messages.rule_everything : rule.condition();
    }
}

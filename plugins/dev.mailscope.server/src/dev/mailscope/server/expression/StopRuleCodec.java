package dev.mailscope.server.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.analysis.OctetNotation;
import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Octets;

/** Breakpoints and faults as text, in the form of {@link RuleCodec}. */
public final class StopRuleCodec {
    private static final String TITLE = "mailscope breakpoints 1";
    private static final int FIELDS = 8;

    private StopRuleCodec() {
    }

    /** The rules as text. */
    public static String write(List<StopRule> rules) {
        return RuleCodec.write(TITLE, rules.stream().map(StopRuleCodec::fields).toList());
    }

    /**
     * Rules from text; none from empty text.
     *
     * @throws IllegalArgumentException saying in which line it is something else
     */
    public static List<StopRule> read(String text) {
        var rules = new ArrayList<StopRule>();
        for (var line : RuleCodec.read(TITLE, text, FIELDS)) {
            try {
                rules.add(new StopRule(line.get(1), stop(line.get(0)), truth(line.get(2)),
                        fault(line.get(3), line.get(4), line.get(5)), truth(line.get(6)), truth(line.get(7))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Line " + (rules.size() + 2) + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(rules);
    }

    private static List<String> fields(StopRule rule) {
        var fault = rule.fault().map(StopRuleCodec::fields).orElse(List.of("", "", ""));
        return List.of(rule.stop().words(), rule.condition(), Boolean.toString(rule.holds()), fault.get(0),
                fault.get(1), fault.get(2), Boolean.toString(rule.once()), Boolean.toString(rule.enabled()));
    }

    private static List<String> fields(Decision decision) {
        return switch (decision) {
            case Decision.GoOn d -> throw new IllegalArgumentException("going on is no fault");
            case Decision.Replace(var octets) -> List.of("replace", OctetNotation.TEXT.write(octets), "");
            case Decision.Delay(var time) -> List.of("delay", Long.toString(time.toMillis()), "");
            case Decision.Drop d -> List.of("drop", "", "");
            case Decision.Cut(var after) -> List.of("cut", Integer.toString(after), "");
            case Decision.Answer(var text) -> List.of("answer", text, "");
            case Decision.Split(var at, var pause) ->
                List.of("split", Integer.toString(at), Long.toString(pause.toMillis()));
            case Decision.Trickle(var size, var pause) ->
                List.of("trickle", Integer.toString(size), Long.toString(pause.toMillis()));
        };
    }

    private static Optional<Decision> fault(String kind, String first, String second) {
        return switch (kind) {
            case "" -> Optional.empty();
            case "replace" -> Optional.of(new Decision.Replace(OctetNotation.TEXT.read(first, Octets.NONE)));
            case "delay" -> Optional.of(new Decision.Delay(millis(first)));
            case "drop" -> Optional.of(new Decision.Drop());
            case "cut" -> Optional.of(new Decision.Cut(number(first)));
            case "answer" -> Optional.of(new Decision.Answer(first));
            case "split" -> Optional.of(new Decision.Split(number(first), millis(second)));
            case "trickle" -> Optional.of(new Decision.Trickle(number(first), millis(second)));
            default -> throw new IllegalArgumentException("there is no fault \"" + kind + "\"");
        };
    }

    private static Stop stop(String words) {
        for (var stop : Stop.values()) {
            if (stop.words().equals(words)) {
                return stop;
            }
        }
        throw new IllegalArgumentException("there is no stop \"" + words + "\"");
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        }
        return text.equals("true");
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no number of octets", e);
        }
    }

    private static Duration millis(String text) {
        try {
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no number of milliseconds", e);
        }
    }
}

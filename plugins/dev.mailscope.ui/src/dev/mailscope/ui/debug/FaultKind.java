package dev.mailscope.ui.debug;

import java.util.Arrays;
import java.util.List;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Stop;

/** What can be done to what passes, as people choose it from a list. */
enum FaultKind {
    DELAY(Messages.fault_delay, Params.NONE, Params.MILLIS),
    DROP(Messages.fault_drop, Params.NONE, Params.NONE),
    ANSWER(Messages.fault_answer, Params.TEXT, Params.NONE),
    CUT(Messages.fault_cut, Params.NONE, Params.NONE),
    CUT_AFTER(Messages.fault_cutAfter, Params.OCTETS, Params.NONE),
    SPLIT_LITERAL(Messages.fault_splitLiteral, Params.NONE, Params.MILLIS),
    SPLIT(Messages.fault_split, Params.OCTETS, Params.MILLIS),
    TRICKLE(Messages.fault_trickle, Params.OCTETS, Params.MILLIS),
    REPLACE(Messages.fault_replace, Params.TEXT, Params.NONE);

    /** What has to be said beside. */
    enum Params {
        NONE, TEXT, OCTETS, MILLIS
    }

    final String words;
    final Params first;
    final Params second;

    FaultKind(String words, Params first, Params second) {
        this.words = words;
        this.first = first;
        this.second = second;
    }

    /** What can be done at that stop; {@code editable} when octets can be replaced in another way. */
    static List<FaultKind> at(Stop stop, boolean editable) {
        return Arrays.stream(values()).filter(kind -> switch (kind) {
            case DELAY, DROP, ANSWER, CUT -> true;
            case REPLACE -> !editable;
            case CUT_AFTER, SPLIT_LITERAL, SPLIT, TRICKLE -> stop == Stop.BEFORE_SENDING;
        }).toList();
    }

    static FaultKind of(Decision decision) {
        return switch (decision) {
            case Decision.GoOn d -> throw new IllegalArgumentException("going on is no fault");
            case Decision.Replace d -> REPLACE;
            case Decision.Delay d -> DELAY;
            case Decision.Drop d -> DROP;
            case Decision.Cut(var after) -> after == 0 ? CUT : CUT_AFTER;
            case Decision.Answer d -> ANSWER;
            case Decision.Split(var at, var pause) -> at == Decision.Split.IN_LITERAL ? SPLIT_LITERAL : SPLIT;
            case Decision.Trickle d -> TRICKLE;
        };
    }
}

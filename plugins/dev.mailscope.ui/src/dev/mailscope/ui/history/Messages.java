package dev.mailscope.ui.history;

import org.eclipse.osgi.util.NLS;

import dev.mailscope.server.analysis.Walk;

final class Messages extends NLS {
    public static String step_chooseFirst;
    public static String step_job;
    public static String step_noLaterChange;
    public static String step_noLaterChosen;
    public static String step_noLaterCommand;
    public static String step_noLaterEvent;
    public static String step_noLaterPhase;
    public static String step_noEarlierChange;
    public static String step_noEarlierChosen;
    public static String step_noEarlierCommand;
    public static String step_noEarlierEvent;
    public static String step_noEarlierPhase;

    static {
        initializeMessages("dev.mailscope.ui.history.messages", Messages.class);
    }

    private Messages() {
    }

    /** What is said when there is nothing that way. */
    static String nothing(Walk.Direction direction, String stride) {
        var later = direction == Walk.Direction.FORWARDS;
        return switch (stride) {
            case "EVENT" -> later ? step_noLaterEvent : step_noEarlierEvent;
            case "COMMAND" -> later ? step_noLaterCommand : step_noEarlierCommand;
            case "PHASE" -> later ? step_noLaterPhase : step_noEarlierPhase;
            case "CHANGE" -> later ? step_noLaterChange : step_noEarlierChange;
            default -> later ? step_noLaterChosen : step_noEarlierChosen;
        };
    }
}

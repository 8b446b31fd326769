package dev.mailscope.ui.session;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A command that acts on the tab the console shows, whichever view is active. */
enum TabCommand {
    /** Logs in with the sample account. */
    LOGIN(ConsoleView::logIn, SessionTab::canLogIn),
    /** Sends a text as a literal. */
    LITERAL(ConsoleView::askForLiteral, SessionTab::canSendLiteral),
    /** Ends the connection without a word. */
    CUT(ConsoleView::cutTheLine, SessionTab::isOpen),
    /** Forgets what was said. */
    CLEAR(ConsoleView::clear, tab -> true),
    /** Closes the tab. */
    CLOSE(ConsoleView::closeTab, tab -> true);

    private final Consumer<ConsoleView> action;
    private final Predicate<SessionTab> possible;

    TabCommand(Consumer<ConsoleView> action, Predicate<SessionTab> possible) {
        this.action = action;
        this.possible = possible;
    }

    /** Does it in that console. */
    void run(ConsoleView console) {
        action.accept(console);
    }

    /** What can be done with that tab; nothing when it is null. */
    static Set<TabCommand> possibleWith(SessionTab tab) {
        var found = EnumSet.noneOf(TabCommand.class);
        for (var command : values()) {
            if (tab != null && command.possible.test(tab)) {
                found.add(command);
            }
        }
        return Collections.unmodifiableSet(found);
    }
}

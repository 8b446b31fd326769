package dev.mailscope.ui.session;

import org.eclipse.core.expressions.PropertyTester;
import org.eclipse.ui.IWorkbenchWindow;

import dev.mailscope.ui.Mailscope;

/** Says of a workbench window whether a {@link TabCommand}, its argument, can be used in the console it holds. */
public final class TabTester extends PropertyTester {
    /** The property, with its name space. */
    static final String POSSIBLE = "dev.mailscope.ui.session.possible";

    @Override
    public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
        var console = console((IWorkbenchWindow) receiver);
        return console != null && console.possible().contains(TabCommand.valueOf((String) arguments[0]));
    }

    /** The console in that window, or null. */
    static ConsoleView console(IWorkbenchWindow window) {
        var page = window.getActivePage();
        return page != null && page.findView(Mailscope.SESSION_VIEW) instanceof ConsoleView console ? console : null;
    }
}

package dev.mailscope.ui.trace;

import java.util.ArrayList;
import java.util.Map;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;

import dev.mailscope.server.expression.Likeness;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Literal;
import dev.mailscope.ui.Mailscope;

/**
 * The items by which a trace is filtered as its selected event is: its session, command, folder, account, kind. Made
 * with {@code ONLY} or {@code NOT} behind the class's name in plugin.xml.
 */
public final class LikeThisItems extends CompoundContributionItem implements IExecutableExtension {
    private boolean only = true;

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        only = !"NOT".equals(data);
    }

    @Override
    protected IContributionItem[] getContributionItems() {
        var window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        var page = window == null ? null : window.getActivePage();
        var event = page != null && page.getActivePart() instanceof TraceHost host && host.trace() != null
                ? host.trace().selectedEvent() : null;
        if (event == null) {
            return new IContributionItem[] { nothing() };
        }
        var items = new ArrayList<IContributionItem>();
        for (var by : Likeness.values()) {
            var value = by.of(event, momentOf(event));
            if (!value.isEmpty()) {
                var item = new CommandContributionItemParameter(window, null, LikeThisHandler.COMMAND,
                        CommandContributionItem.STYLE_PUSH);
                item.label = label(by, value, event);
                item.parameters = Map.of(LikeThisHandler.BY, by.name(), LikeThisHandler.VALUE, value,
                        LikeThisHandler.ONLY, Boolean.toString(only));
                items.add(new CommandContributionItem(item));
            }
        }
        return items.toArray(IContributionItem[]::new);
    }

    private static String label(Likeness by, String value, TraceEvent event) {
        var words = Literal.text(value);
        return switch (by) {
            case SESSION -> event.session() == 0 ? Messages.like_server
                    : NLS.bind(Messages.like_session, RowText.session(event));
            case COMMAND -> NLS.bind(Messages.like_command, words);
            case FOLDER -> NLS.bind(Messages.like_folder, words);
            case ACCOUNT -> NLS.bind(Messages.like_account, words);
            case KIND -> NLS.bind(Messages.like_kind, words);
            case STATUS -> NLS.bind(Messages.like_status, words);
        };
    }

    // What is shown is the moment after the selected event, unless it is still being worked out.
    private static Moment momentOf(TraceEvent event) {
        var focus = Mailscope.get().focus();
        return focus.event() == event.number() ? focus.moment() : Moment.START;
    }

    private static IContributionItem nothing() {
        var action = new Action(Messages.like_nothing) {
        };
        action.setEnabled(false);
        return new ActionContributionItem(action);
    }
}

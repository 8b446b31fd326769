package dev.mailscope.ui.history;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.handlers.HandlerUtil;

import dev.mailscope.server.analysis.Walk;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.server.ServerView;

/**
 * Steps through what is looked at: from the selected event, or the newest, to the next or last before. Its class is
 * declared with a direction and how far it goes: a stride of {@link Walk}, or {@code CHOSEN} for the next change of the
 * folder or message that is chosen in the Mail Server view.
 */
public final class StepHandler extends AbstractHandler implements IExecutableExtension {
    private static final String CHOSEN = "CHOSEN";

    private Walk.Direction direction;
    private String stride;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        var words = data.toString().split(" ");
        direction = Walk.Direction.valueOf(words[0]);
        stride = words[1];
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        var page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        var steps = new Steps(Mailscope.get().focus(), page);
        if (!stride.equals(CHOSEN)) {
            steps.go(direction, Walk.Stride.valueOf(stride), Messages.nothing(direction, stride));
            return null;
        }
        var server = page == null ? null : (ServerView) page.findView(Mailscope.SERVER_VIEW);
        var wanted = server == null ? null : server.changesOfChosen();
        if (wanted == null) {
            steps.say(Messages.step_chooseFirst);
        } else {
            steps.go(direction, wanted, NLS.bind(Messages.nothing(direction, stride), server.chosenName()));
        }
        return null;
    }
}

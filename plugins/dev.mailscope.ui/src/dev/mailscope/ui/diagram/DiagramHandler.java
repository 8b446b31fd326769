package dev.mailscope.ui.diagram;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.handlers.HandlerUtil;

/** Does something with the drawing in the active part. Its class is declared with what: one of {@link Deed}. */
public final class DiagramHandler extends AbstractHandler implements IExecutableExtension {
    /** The context in which the keys of a drawing hold. */
    static final String CONTEXT = "dev.mailscope.ui.context.diagram";

    /** What can be done. */
    enum Deed {
        LARGER, SMALLER, USUAL_SIZE, TABLE, TRANSCRIPT, PICTURE
    }

    private Deed deed;

    @Override
    public void setInitializationData(IConfigurationElement config, String property, Object data) {
        deed = Deed.valueOf(data.toString());
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.getActivePart(event) instanceof DiagramView<?> view) {
            switch (deed) {
                case LARGER -> view.zoomBy(1);
                case SMALLER -> view.zoomBy(-1);
                case USUAL_SIZE -> view.zoomBy(0);
                case TABLE -> {
                    view.showTable(!view.isTable());
                    view.setFocus();
                }
                case TRANSCRIPT -> {
                    if (view instanceof ConversationView conversation) {
                        conversation.copyAll();
                    }
                }
                case PICTURE -> Picture.save(view);
            }
        }
        return null;
    }
}

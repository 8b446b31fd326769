package dev.mailscope.ui;

import java.util.function.Supplier;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

/** Says, while an older moment is shown, which one it is, and leads back to the newest. Lies in a grid layout. */
public final class MomentBanner extends Banner {
    /** The banner for that focus; it takes no room while this is live. */
    public MomentBanner(Composite parent, Focus focus) {
        this(parent, focus, () -> "");
    }

    /** The same with a sentence behind it that says what it means for the view. */
    public MomentBanner(Composite parent, Focus focus, Supplier<String> meaning) {
        super(parent, Messages.banner_live, focus::goLive);
        Focus.Listener listener = () -> say(focus.isLive() ? "" : with(words(focus), meaning.get()));
        focus.addListener(listener);
        addListener(SWT.Dispose, event -> focus.removeListener(listener));
        listener.focusChanged();
    }

    private static String with(String words, String meaning) {
        return meaning.isEmpty() ? words : words + (words.endsWith(".") ? " " : ". ") + meaning;
    }

    private static String words(Focus focus) {
        var name = focus.source().name();
        if (!focus.problem().isEmpty()) {
            return focus.problem();
        }
        var words = name.isEmpty() ? NLS.bind(Messages.banner_text, focus.event())
                : focus.event() == 0 ? NLS.bind(focus.source().isGrowing() ? Messages.banner_fork
                        : Messages.banner_recording, name)
                : NLS.bind(Messages.banner_recordingAt, name, focus.event());
        return focus.source().isInferred() ? NLS.bind(Messages.banner_inferred, words) : words;
    }
}

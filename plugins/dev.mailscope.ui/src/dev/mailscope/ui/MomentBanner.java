package dev.mailscope.ui;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** Says, while an older moment is shown, which one it is, and leads back to the newest. Lies in a grid layout. */
public final class MomentBanner extends Composite {
    /** The key of a widget that the workbench's style sheets are to leave its own colours. */
    public static final String KEEP_COLOURS = "org.eclipse.e4.ui.css.disabled";

    private final Label text;

    /** The banner for that focus; it takes no room while this is live. */
    public MomentBanner(Composite parent, Focus focus) {
        super(parent, SWT.NONE);
        var tones = new Tones(this);
        setData(KEEP_COLOURS, Boolean.TRUE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 3).applyTo(this);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(this);
        text = new Label(this, SWT.WRAP);
        text.setData(KEEP_COLOURS, Boolean.TRUE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(text);
        var back = new Button(this, SWT.PUSH);
        back.setText(Messages.banner_live);
        ViewFont.apply(text, ViewFont.TABLES);
        ViewFont.apply(back, ViewFont.TABLES);
        back.addListener(SWT.Selection, event -> focus.goLive());
        setVisible(false);
        Focus.Listener listener = () -> show(focus);
        focus.addListener(listener);
        addListener(SWT.Dispose, event -> focus.removeListener(listener));
        addListener(SWT.Paint, event -> colour(tones));
        colour(tones);
        show(focus);
    }

    private void show(Focus focus) {
        var shown = !focus.isLive();
        if (shown) {
            text.setText(words(focus));
        }
        if (shown != getVisible()) {
            setVisible(shown);
            ((GridData) getLayoutData()).exclude = !shown;
        }
        getParent().layout(true, true);
    }

    private static String words(Focus focus) {
        var name = focus.source().name();
        if (!focus.problem().isEmpty()) {
            return focus.problem();
        }
        return name.isEmpty() ? NLS.bind(Messages.banner_text, focus.event())
                : focus.event() == 0 ? NLS.bind(focus.source().isGrowing() ? Messages.banner_fork
                        : Messages.banner_recording, name)
                : NLS.bind(Messages.banner_recordingAt, name, focus.event());
    }

    private void colour(Tones tones) {
        if (!tones.banner().equals(getBackground())) {
            setBackground(tones.banner());
            text.setBackground(tones.banner());
            text.setForeground(tones.bannerText());
        }
    }
}

package dev.mailscope.ui.debug;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.server.hook.Decision;
import dev.mailscope.server.hook.Held;
import dev.mailscope.ui.Literal;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** What is held of one session: its octets, and what is to be done with them. */
final class HeldPane extends Composite {
    private final ScrolledComposite frame;
    private final LiveDebugger live;
    private final Label title;
    private final Label hint;
    private final OctetsEditor editor;
    private final Label problem;
    private final Button goOn;
    private final Button goOnEdited;
    private final Button step;
    private final FaultFields fault;
    private final Button doIt;
    private Held held;

    /** The pane in a frame of its own, which scrolls it where there is too little room. */
    static HeldPane create(Composite parent, LiveDebugger live) {
        var frame = new ScrolledComposite(parent, SWT.V_SCROLL);
        frame.setExpandHorizontal(true);
        frame.setExpandVertical(true);
        frame.setShowFocusedControl(true);
        var pane = new HeldPane(frame, live);
        frame.setContent(pane);
        frame.addListener(SWT.Resize, event -> pane.fit());
        return pane;
    }

    private HeldPane(ScrolledComposite frame, LiveDebugger live) {
        super(frame, SWT.NONE);
        this.frame = frame;
        this.live = live;
        GridLayoutFactory.fillDefaults().margins(6, 4).spacing(0, 3).applyTo(this);
        title = label(60);
        ViewFont.apply(title, ViewFont.TABLES,
                font -> title.setFont(JFaceResources.getFontRegistry().getBold(ViewFont.TABLES)));
        hint = label(60);
        ViewFont.apply(hint, ViewFont.TABLES);
        // Above what may be edited: there they are in sight in a small view, too.
        var buttons = row();
        goOn = button(buttons, Messages.pane_goOn, Messages.pane_goOnHint, () -> decide(Decision.GO_ON));
        goOnEdited = button(buttons, Messages.pane_goOnEdited, Messages.pane_goOnEditedHint, this::goOnEdited);
        step = button(buttons, Messages.pane_step, Messages.pane_stepHint, () -> {
            if (held != null) {
                live.debugger().step(held);
            }
        });
        editor = new OctetsEditor(this, this::refresh);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(editor);
        problem = label(60);
        Theme.follow(problem, () -> problem.setForeground(new Tones(problem).of(Tone.PROBLEM)));
        ViewFont.apply(problem, ViewFont.TABLES);
        var instead = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(instead);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(instead);
        var label = new Label(instead, SWT.NONE);
        label.setText(Messages.pane_instead);
        fault = new FaultFields(instead, true, this::refresh);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fault);
        doIt = button(instead, Messages.pane_doIt, Messages.pane_doItHint, this::doIt);
        ViewFont.apply(label, ViewFont.TABLES);
        for (var control : fault.getChildren()) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        refresh();
    }

    /** Shows what is held; what has been edited of it stays. */
    void show(Held now) {
        if (now != held) {
            held = now;
            editor.show(now.passing().octets());
            fault.show(now.stop());
            refresh();
        }
        tick();
    }

    /** Nothing is held. */
    void clear() {
        held = null;
    }

    /** It is a second later. */
    void tick() {
        if (held != null) {
            title.setText(NLS.bind(Messages.pane_title, HeldText.session(held), HeldText.where(held)));
            var words = Literal.text(NLS.bind(Messages.pane_since, new Object[] { HeldText.since(held), held.why(),
                HeldText.explanation(held.stop()) }));
            if (!words.equals(hint.getText())) {
                hint.setText(words);
                hint.setToolTipText(words);
                fit();
            }
        }
    }

    /** What is shown; null when nothing is held. */
    Held held() {
        return held;
    }

    OctetsEditor editor() {
        return editor;
    }

    FaultFields fault() {
        return fault;
    }

    /** What is wrong with what is edited or chosen, as it is shown; empty when nothing is. */
    String problem() {
        return problem.getText();
    }

    /** Lets it go on with the octets as they are edited; as they were when nothing is. */
    void goOnEdited() {
        if (held != null && editor.problem().isEmpty()) {
            decide(editor.isEdited() ? new Decision.Replace(editor.edited()) : Decision.GO_ON);
        }
    }

    /** Does to it what is chosen beside. */
    void doIt() {
        if (held != null && fault.problem().isEmpty()) {
            decide(fault.decision());
        }
    }

    @Override
    public boolean setFocus() {
        return goOn.setFocus();
    }

    private void decide(Decision decision) {
        if (held != null) {
            try {
                live.debugger().release(held, decision);
            } catch (IllegalArgumentException e) {
                say(e.getMessage());
            }
        }
    }

    private void refresh() {
        if (doIt == null) {
            return;
        }
        goOnEdited.setEnabled(editor.isEdited() && editor.problem().isEmpty());
        doIt.setEnabled(fault.problem().isEmpty());
        // An answer that is not written yet is nothing to be told of.
        say(editor.problem());
        doIt.setToolTipText(fault.problem().isEmpty() ? Messages.pane_doItHint : fault.problem());
    }

    private void say(String text) {
        problem.setText(Literal.text(text));
        problem.setVisible(!text.isEmpty());
        ((GridData) problem.getLayoutData()).exclude = text.isEmpty();
        layout(true, true);
        fit();
    }

    private void fit() {
        frame.setMinHeight(computeSize(Math.max(1, frame.getClientArea().width), SWT.DEFAULT).y);
    }

    private Label label(int width) {
        var label = new Label(this, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(width, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private Composite row() {
        var row = new Composite(this, SWT.NONE);
        var layout = new RowLayout(SWT.HORIZONTAL);
        layout.marginLeft = 0;
        layout.marginTop = 0;
        layout.marginBottom = 0;
        row.setLayout(layout);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        return row;
    }

    private static Button button(Composite parent, String text, String tip, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.setToolTipText(tip);
        button.addListener(SWT.Selection, event -> action.run());
        ViewFont.apply(button, ViewFont.TABLES);
        return button;
    }
}

package dev.mailscope.ui.debug;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import dev.mailscope.server.hook.Stop;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;
import dev.mailscope.ui.Banner;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.LiveDebugger;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.ViewFont;

/** Step mode: for all sessions or one, on or off, and at which stops; and the next piece of a session by hand. */
final class StepBar extends Composite {
    private final LiveDebugger live;
    private final Focus focus;
    private final Button on;
    private final Combo target;
    private final Map<Stop, Button> stops = new EnumMap<>(Stop.class);
    private final Button next;
    /** Whom the entries of the list are for; 0 for all. */
    private List<Long> targets = List.of(0L);
    // At which stops it is switched on next.
    private final Set<Stop> wanted = EnumSet.allOf(Stop.class);

    StepBar(Composite parent, LiveDebugger live, Focus focus) {
        super(parent, SWT.NONE);
        this.live = live;
        this.focus = focus;
        var layout = new RowLayout(SWT.HORIZONTAL);
        layout.center = true;
        layout.spacing = 6;
        setLayout(layout);
        on = new Button(this, SWT.CHECK);
        on.setText(Messages.bar_on);
        on.setToolTipText(Messages.bar_onHint);
        on.setData(Banner.KEEP_COLOURS, Boolean.TRUE);
        target = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
        target.setToolTipText(Messages.bar_target);
        Named.name(target, Messages.bar_target);
        target.setItems(Messages.bar_all);
        target.select(0);
        for (var stop : Stop.values()) {
            var button = new Button(this, SWT.CHECK);
            button.setText(HeldText.stop(stop));
            button.setToolTipText(HeldText.explanation(stop));
            button.setSelection(true);
            button.setData(Banner.KEEP_COLOURS, Boolean.TRUE);
            button.addListener(SWT.Selection, event -> stopChosen(stop, button.getSelection()));
            stops.put(stop, button);
        }
        next = new Button(this, SWT.TOGGLE);
        next.setText(Messages.bar_next);
        next.setToolTipText(Messages.bar_nextHint);
        on.addListener(SWT.Selection, event -> set(on.getSelection() ? wanted : Set.of()));
        target.addListener(SWT.Selection, event -> targetChosen());
        next.addListener(SWT.Selection, event -> live.debugger().holdNext(session(), next.getSelection()));
        for (var control : getChildren()) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        showSessions(focus.server().newest());
    }

    /** True for a session that has stops: mail that arrives by SMTP has none. */
    static boolean canBeHeld(SessionState session) {
        return session.protocol().equals("imap") || session.protocol().equals("pop3");
    }

    /** Offers the sessions that are open at that moment. */
    void showSessions(Moment moment) {
        var sessions = moment.sessions().values().stream().filter(StepBar::canBeHeld).toList();
        var numbers = new ArrayList<>(List.of(0L));
        sessions.forEach(session -> numbers.add(session.number()));
        if (!numbers.equals(targets)) {
            var chosen = session();
            targets = List.copyOf(numbers);
            var names = new ArrayList<>(List.of(Messages.bar_all));
            sessions.forEach(session -> names.add(HeldText.session(session.protocol(), session.number())));
            target.setItems(names.toArray(String[]::new));
            target.select(Math.max(0, targets.indexOf(chosen)));
            getParent().layout(new Control[] { target });
        }
        show();
    }

    /** Shows what is set now. */
    void show() {
        var debugger = live.debugger();
        var set = debugger == null ? Set.<Stop>of() : session() == 0 ? debugger.stepsAll() : debugger.steps(session());
        if (!set.isEmpty()) {
            wanted.clear();
            wanted.addAll(set);
        }
        on.setSelection(!set.isEmpty());
        stops.forEach((stop, button) -> button.setSelection(wanted.contains(stop)));
        on.setEnabled(debugger != null);
        next.setEnabled(debugger != null && session() != 0);
        next.setSelection(debugger != null && debugger.holdsNext(session()));
    }

    /** The session that is all this is about; 0 for all sessions. */
    long session() {
        return targets.get(Math.max(0, target.getSelectionIndex()));
    }

    /** Chooses whom it is about; 0 for all. */
    void choose(long session) {
        target.select(Math.max(0, targets.indexOf(session)));
        targetChosen();
    }

    private void targetChosen() {
        if (session() != 0) {
            focus.look(focus.server());
            focus.selectSession(session());
        }
        show();
    }

    private void stopChosen(Stop stop, boolean chosen) {
        if (chosen) {
            wanted.add(stop);
        } else {
            wanted.remove(stop);
        }
        // The last one switches it off, and is there again when it is switched on.
        if (on.getSelection()) {
            set(wanted);
        }
        if (wanted.isEmpty()) {
            wanted.add(stop);
            show();
        }
    }

    private void set(Set<Stop> at) {
        if (session() == 0) {
            live.debugger().stepAll(at);
        } else {
            live.debugger().step(session(), at);
        }
    }
}

package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.ScrollBar;

import dev.mailscope.server.analysis.PhaseDiagram;
import dev.mailscope.server.analysis.PhasePath.Step;

/**
 * A state diagram: as large as there is room for, in a row or in a column, with the commands that are legal in the
 * current phase, or in the one that was chosen, below it.
 */
final class PhaseCanvas extends Drawing {
    private static final double LARGEST = 2.2;
    private static final double SMALLEST = 0.8;
    private static final double STEP = 0.1;

    private final LongConsumer selecting;
    private final PhasePainter painter;
    private PhaseDiagram diagram;
    private List<Step> steps = List.of();
    private List<Step> taken = List.of();
    private String chosen = "";
    private double times = 1;

    /** A diagram that is empty yet; who listens is told the event the user goes to. */
    PhaseCanvas(Composite parent, LongConsumer selecting) {
        super(parent, ACC.ROLE_GRAPHIC);
        this.selecting = selecting;
        this.painter = new PhasePainter(this);
    }

    /** Shows a session's way through that diagram: all its steps, and those that are taken at the moment. */
    void show(PhaseDiagram next, List<Step> all, List<Step> upToNow) {
        var other = !next.equals(diagram) || !upToNow.equals(taken);
        diagram = next;
        steps = List.copyOf(all);
        taken = upToNow;
        if (other) {
            chosen = "";
            getAccessible().sendEvent(ACC.EVENT_NAME_CHANGED, null);
            changed();
        }
    }

    /** Draws so many times as large as fits. */
    void zoom(double next) {
        times = next;
        changed();
    }

    void fontChanged() {
        fonts().forget();
        changed();
    }

    /** The phase the session is in, {@link PhaseDiagram#CLOSED} at its end; empty when no session is followed. */
    String current() {
        return taken.isEmpty() ? "" : taken.getLast().to();
    }

    /** The phase whose commands are shown. */
    String shown() {
        return !chosen.isEmpty() ? chosen : !current().isEmpty() ? current() : "";
    }

    @Override
    String description() {
        if (diagram == null || taken.isEmpty()) {
            return Messages.states_empty;
        }
        var path = taken.stream().map(step -> step.number() + " " + step.to()).collect(Collectors.joining(", "));
        return NLS.bind(Messages.states_description, new Object[] { current(), path, commands() });
    }

    /** What is where on it. */
    PhasePainter painted() {
        return painter;
    }

    PhaseDiagram diagram() {
        return diagram;
    }

    List<Step> taken() {
        return taken;
    }

    int left() {
        return getHorizontalBar().isVisible() ? getHorizontalBar().getSelection() : 0;
    }

    int above() {
        return getVerticalBar().isVisible() ? getVerticalBar().getSelection() : 0;
    }

    private String commands() {
        return diagram.phase(shown()).map(phase -> phase.commands().stream().map(PhaseDiagram.Command::name)
                .collect(Collectors.joining(", "))).filter(text -> !text.isEmpty()).orElse(Messages.states_noCommand);
    }

    @Override
    void draw(GC gc) {
        painter.paint(gc);
    }

    /** Finds how it is to be laid out, so that it is as large as possible. */
    @Override
    void changed() {
        if (diagram == null || getSize().x == 0) {
            return;
        }
        var gc = new GC(this);
        try {
            var size = getSize();
            var fits = SMALLEST;
            var across = size.x >= size.y;
            search: for (var scale = LARGEST; scale >= SMALLEST; scale -= STEP) {
                for (var row : new boolean[] { true, false }) {
                    if (painter.lay(gc, scale, row, size.x - 8).fitsInto(size.x - 8, size.y - 8)) {
                        fits = scale;
                        across = row;
                        break search;
                    }
                }
            }
            var laid = painter.lay(gc, fits * times, across, size.x - 8);
            painter.use(laid);
            bar(getHorizontalBar(), laid.width(), size.x - 4);
            bar(getVerticalBar(), laid.height(), size.y - 4);
            reveal();
        } finally {
            gc.dispose();
        }
        redraw();
    }

    /** Scrolls to where the session is, if not all is in sight. */
    private void reveal() {
        painter.place(current()).ifPresent(place -> {
            getHorizontalBar().setSelection(place.x + place.width / 2 - getSize().x / 2);
            getVerticalBar().setSelection(place.y + place.height / 2 - getSize().y / 2);
        });
    }

    private static void bar(ScrollBar bar, int whole, int room) {
        bar.setVisible(whole > room);
        bar.setValues(whole > room ? bar.getSelection() : 0, 0, Math.max(whole, 1), Math.max(1, Math.min(whole, room)),
                20, Math.max(1, room / 2));
    }

    @Override
    void key(int code) {
        if (steps.isEmpty()) {
            return;
        }
        var at = Math.max(0, taken.size() - 1);
        switch (code) {
            case SWT.ARROW_LEFT -> selecting.accept(steps.get(Math.max(0, at - 1)).event());
            case SWT.ARROW_RIGHT -> selecting.accept(steps.get(Math.min(steps.size() - 1, at + 1)).event());
            case SWT.HOME -> selecting.accept(steps.getFirst().event());
            case SWT.END -> selecting.accept(steps.getLast().event());
            case SWT.ARROW_UP -> choose(-1);
            case SWT.ARROW_DOWN -> choose(1);
            default -> {
                // not a key of the diagram's
            }
        }
    }

    private void choose(int way) {
        var names = new ArrayList<>(diagram.phases().stream().map(PhaseDiagram.Phase::name).toList());
        choose(names.get(Math.clamp(names.indexOf(shown()) + way, 0, names.size() - 1)));
    }

    /** Shows the commands of that phase. */
    void choose(String phase) {
        chosen = phase;
        getAccessible().sendEvent(ACC.EVENT_NAME_CHANGED, null);
        changed();
    }

    @Override
    void click(int x, int y) {
        painter.phaseAt(x + left(), y + above()).ifPresent(this::choose);
        painter.stepAt(x + left(), y + above()).ifPresent(step -> selecting.accept(step.event()));
    }

    @Override
    String hintAt(int x, int y) {
        return painter.hintAt(x + left(), y + above()).orElse(null);
    }
}

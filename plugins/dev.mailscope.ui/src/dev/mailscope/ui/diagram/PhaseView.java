package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import dev.mailscope.server.analysis.PhaseDiagram;
import dev.mailscope.server.analysis.PhasePath;
import dev.mailscope.server.analysis.PhasePath.Step;
import dev.mailscope.ui.ViewFont;

/** The state diagram: the phases of the followed session's protocol, where it is, and how it came there. */
public final class PhaseView extends DiagramView<Step> {
    /** Its id in the workbench. */
    public static final String ID = "dev.mailscope.ui.states";

    private static final String FIRST = "pop3";

    /** A row of the table, and the event it leads to, 0 for none. */
    private record Cells(long event, List<String> texts) {
    }

    private PhaseCanvas canvas;
    private AtomicReference<String> protocol = new AtomicReference<>(FIRST);
    private List<Cells> cells = List.of();

    @Override
    Control createDrawing(Composite parent) {
        canvas = new PhaseCanvas(parent, this::select);
        ViewFont.apply(canvas, ViewFont.TABLES, font -> canvas.fontChanged());
        return canvas;
    }

    @Override
    DiagramTable createTable(Composite parent) {
        return new DiagramTable(parent, Messages.states_table, List.of(
                new DiagramTable.Column(Messages.column_kind, 18, 110),
                new DiagramTable.Column(Messages.column_from, 18, 100),
                new DiagramTable.Column(Messages.column_to, 18, 100),
                new DiagramTable.Column(Messages.column_commands, 46, 160)), row -> cells.get(row).texts(), row -> {
                    if (cells.get(row).event() != 0) {
                        select(cells.get(row).event());
                    }
                });
    }

    @Override
    Loading.Maker<Step> maker(long ofSession) {
        var path = new PhasePath();
        var found = new AtomicReference<>(FIRST);
        protocol = found;
        return event -> {
            if (ofSession == 0 || event.session() != ofSession) {
                return List.of();
            }
            found.set(event.protocol());
            return path.take(event);
        };
    }

    @Override
    void rowsAdded(int from) {
        show();
    }

    @Override
    void rowsDropped(int count) {
        show();
    }

    @Override
    void momentChanged() {
        show();
    }

    @Override
    void zoomed(double times) {
        canvas.zoom(times);
    }

    @Override
    String copied() {
        return tableCells().stream().map(row -> String.join("\t", row.texts())).collect(Collectors.joining("\n"));
    }

    @Override
    boolean showsAll() {
        return false;
    }

    @Override
    long eventOf(Step step) {
        return step.event();
    }

    @Override
    int tableRows() {
        return cells.size();
    }

    @Override
    int rowOfMoment() {
        var step = taken().isEmpty() ? 0 : taken().getLast().event();
        for (var i = 0; i < cells.size(); i++) {
            if (step != 0 && cells.get(i).event() == step) {
                return i;
            }
        }
        return -1;
    }

    /** The drawing. */
    PhaseCanvas canvas() {
        return canvas;
    }

    private void show() {
        var diagram = diagram();
        canvas.show(diagram, rows, taken());
        cells = tableCells();
        if (isTable()) {
            table().show(cells.size(), 0);
        }
    }

    private PhaseDiagram diagram() {
        return PhaseDiagram.of(protocol.get()).orElseGet(() -> PhaseDiagram.of(FIRST).orElseThrow());
    }

    private List<Step> taken() {
        return moment() == 0 ? List.copyOf(rows) : PhasePath.upTo(rows, moment());
    }

    private List<Cells> tableCells() {
        var diagram = diagram();
        var taken = taken();
        var now = taken.isEmpty() ? "" : taken.getLast().to();
        var all = new ArrayList<Cells>();
        for (var step : taken) {
            all.add(new Cells(step.event(), List.of(NLS.bind(Messages.states_step, step.number(), step.event()),
                    step.from(), step.to(), PhaseWays.words(diagram, step))));
        }
        for (var phase : diagram.phases()) {
            all.add(new Cells(0, List.of(phase.name().equals(now) ? Messages.states_now : Messages.states_phase,
                    phase.name(), "", phase.commands().isEmpty() ? Messages.states_noCommand
                            : phase.commands().stream().map(PhaseDiagram.Command::name)
                                    .collect(Collectors.joining(", ")))));
        }
        for (var way : diagram.transitions()) {
            all.add(new Cells(0, List.of(Messages.states_way, way.from(), way.to(), way.commands().isEmpty()
                    ? Messages.states_byItself : String.join(", ", way.commands()))));
        }
        return all;
    }
}

package dev.mailscope.ui.diagram;

import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import dev.mailscope.server.analysis.Sequence;
import dev.mailscope.server.analysis.Sequence.Row;
import dev.mailscope.ui.ViewFont;

/** The sequence chart: what passes between the clients and the server, and what happens to the server, in order. */
public final class SequenceView extends DiagramView<Row> {
    /** Its id in the workbench. */
    public static final String ID = "dev.mailscope.ui.sequence";

    private SequenceCanvas canvas;

    @Override
    Control createDrawing(Composite parent) {
        canvas = new SequenceCanvas(parent, rows, row -> select(row < 0 ? 0 : rows.get(row).last()));
        ViewFont.apply(canvas, ViewFont.TABLES, font -> canvas.fontChanged());
        return canvas;
    }

    @Override
    DiagramTable createTable(Composite parent) {
        return new DiagramTable(parent, Messages.sequence_table, List.of(
                new DiagramTable.Column(Messages.column_event, 8, 60),
                new DiagramTable.Column(Messages.column_time, 12, 100),
                new DiagramTable.Column(Messages.column_session, 16, 90),
                new DiagramTable.Column(Messages.column_kind, 16, 110),
                new DiagramTable.Column(Messages.column_what, 48, 160),
                new DiagramTable.Column(Messages.column_answers, 10, 80)),
                row -> cells(rows.get(row)), row -> select(row < 0 ? 0 : rows.get(row).last()));
    }

    @Override
    Loading.Maker<Row> maker(long ofSession) {
        var chart = new Sequence();
        return event -> ofSession != 0 && event.session() != ofSession ? List.of()
                : chart.take(event).stream().map(Sequence.Item::row).toList();
    }

    @Override
    void rowsAdded(int from) {
        canvas.rowsAdded(from);
    }

    @Override
    void rowsDropped(int count) {
        canvas.rowsDropped(count);
        table().rowsDropped(count);
    }

    @Override
    void momentChanged() {
        canvas.showMoment(moment(), rowOfMoment());
    }

    @Override
    void zoomed(double times) {
        canvas.zoom(times);
    }

    @Override
    String copied() {
        return canvas.copied();
    }

    @Override
    boolean showsAll() {
        return true;
    }

    @Override
    long eventOf(Row row) {
        return row.last();
    }

    /** The drawing. */
    SequenceCanvas canvas() {
        return canvas;
    }

    private static List<String> cells(Row row) {
        return List.of(Long.toString(row.event()), Times.text(row.time()), SequenceWords.who(row),
                SequenceWords.kind(row.kind()), SequenceWords.text(row), row.answers() == 0 ? ""
                        : NLS.bind(Messages.sequence_event, Long.toString(row.answers())));
    }
}

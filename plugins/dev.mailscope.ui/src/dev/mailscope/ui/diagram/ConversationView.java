package dev.mailscope.ui.diagram;

import java.util.List;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import dev.mailscope.server.analysis.Dialogue;
import dev.mailscope.server.analysis.Dialogue.Line;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.ViewFont;

/** One session as a conversation: what its client and the server say to each other, and what happened between. */
public final class ConversationView extends DiagramView<Line> {
    /** Its id in the workbench. */
    public static final String ID = "dev.mailscope.ui.conversation";

    private static final int MOST_UNFOLDED = 1 << 16;

    private ConversationText text;
    private DrawingFonts fonts;

    @Override
    Control createDrawing(Composite parent) {
        text = new ConversationText(parent, rows, new ConversationText.Listener() {
            @Override
            public void lineSelected(Line line) {
                select(line.event());
            }

            @Override
            public void unfoldingWanted(Line line) {
                unfold(line);
            }
        });
        fonts = new DrawingFonts(text.control(), ViewFont.OCTETS);
        ViewFont.apply(text.control(), ViewFont.OCTETS, font -> {
            fonts.forget();
            zoomed(times());
        });
        return text.control();
    }

    @Override
    DiagramTable createTable(Composite parent) {
        return new DiagramTable(parent, Messages.conversation_table, List.of(
                new DiagramTable.Column(Messages.column_event, 8, 60),
                new DiagramTable.Column(Messages.column_time, 12, 100),
                new DiagramTable.Column(Messages.column_who, 10, 70),
                new DiagramTable.Column(Messages.column_what, 70, 200)), row -> {
                    var line = rows.get(row);
                    return List.of(Long.toString(line.event()), Times.text(line.time()), who(line), line.text());
                }, row -> select(rows.get(row).event()));
    }

    @Override
    Loading.Maker<Line> maker(long ofSession) {
        var dialogue = new Dialogue();
        return event -> event.session() == ofSession && ofSession != 0 ? dialogue.take(event) : List.of();
    }

    @Override
    void rowsAdded(int from) {
        text.rowsAdded(from, moment());
    }

    @Override
    void rowsDropped(int count) {
        text.linesDropped(count);
        table().rowsDropped(count);
    }

    @Override
    void momentChanged() {
        text.showMoment(moment(), rowOfMoment());
    }

    @Override
    void zoomed(double times) {
        text.setFont(fonts.font(times, false));
    }

    @Override
    String copied() {
        return Dialogue.text(rows);
    }

    @Override
    boolean showsAll() {
        return false;
    }

    @Override
    long eventOf(Line line) {
        return line.event();
    }

    /** Puts the whole conversation on the clipboard. */
    void copyAll() {
        CopyAction.toClipboard(copied());
    }

    /** The conversation as it is on the screen. */
    ConversationText text() {
        return text;
    }

    private void unfold(Line line) {
        var from = recording();
        var display = text.control().getDisplay();
        Job.createSystem(Messages.job_unfold, (ICoreRunnable) monitor -> {
            var event = from.event(line.event());
            var whole = event == null ? Messages.conversation_dropped : Dialogue.unfolded(event, MOST_UNFOLDED);
            if (!display.isDisposed()) {
                display.asyncExec(() -> {
                    if (!text.control().isDisposed() && from == recording()) {
                        text.unfold(line, whole);
                    }
                });
            }
        }).schedule();
    }

    private static String who(Line line) {
        return switch (line.speaker()) {
            case CLIENT -> Messages.who_client;
            case SERVER -> Messages.who_server;
            case NOTE -> "";
        };
    }
}

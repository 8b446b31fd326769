package dev.mailscope.ui.trace;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.finding.TraceFindings;

/** Shows one event's details as a text whose numbers lead to other events; Enter or a click follows them. */
final class DetailPane extends Composite {
    private final StyledText text;
    private final Explanations explanations;
    private final Tones tones;
    private final LongConsumer follow;
    private List<DetailText.Part> parts = List.of();
    private Job job;
    private Object shown;

    DetailPane(Composite parent, LongConsumer follow) {
        super(parent, SWT.NONE);
        this.follow = follow;
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(this);
        text = new StyledText(this, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
        text.setMargins(8, 6, 8, 6);
        GridDataFactory.fillDefaults().grab(true, true).hint(SWT.DEFAULT, 0).applyTo(text);
        explanations = new Explanations(text, new ExplanationPane(this));
        tones = new Tones(text);
        ViewFont.apply(text, ViewFont.TABLES, font -> {
            text.setFont(font);
            style();
        });
        ViewFont.apply(text, ViewFont.OCTETS, font -> style());
        Theme.follow(text, this::style);
        text.addListener(SWT.MouseUp, this::clicked);
        text.addListener(SWT.KeyDown, this::keyPressed);
        text.addListener(SWT.Dispose, event -> cancel());
        clear();
    }

    /** What is shown, as text. */
    String text() {
        return text.getText();
    }

    /** What is said of the part at the caret. */
    String explanation() {
        return explanations.text();
    }

    /** Shows nothing but what can be done here. */
    void clear() {
        cancel();
        shown = null;
        take(new DetailText().looking(DetailText.Look.FAINT, Messages.detail_none));
    }

    /** A range of events. */
    private record Range(long from, long to) {
    }

    /** Two moments, of one recording or of two. */
    private record Moments(Moment before, Moment after) {
    }

    /** Shows that event as soon as all there is to say of it is found out. */
    void show(Recording recording, TraceEvent event) {
        var found = TraceFindings.of(recording).at(event.number());
        show(event.number(), monitor -> EventDetail.of(recording, event, found, monitor));
    }

    /** Shows what is different after one event from before another. */
    void showDifference(Recording recording, long from, long to) {
        show(new Range(from, to), monitor -> DifferenceDetail.of(recording, from, to, monitor));
    }

    /** Shows what is different at a moment from another one. */
    void showDifference(String title, Moment before, Moment after) {
        show(new Moments(before, after), monitor -> DifferenceDetail.of(title, before, after));
    }

    private void show(Object what, Function<IProgressMonitor, DetailText> find) {
        if (what.equals(shown)) {
            return;
        }
        cancel();
        shown = what;
        var display = getDisplay();
        job = new Job(Messages.job_details) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                var detail = find.apply(monitor);
                if (detail != null && !display.isDisposed()) {
                    display.asyncExec(() -> {
                        if (shown == what && !text.isDisposed()) {
                            take(detail);
                        }
                    });
                }
                return Status.OK_STATUS;
            }
        };
        job.setSystem(true);
        job.schedule();
    }

    private void cancel() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    private void take(DetailText detail) {
        parts = detail.parts();
        text.setText(detail.text());
        style();
        explanations.take(detail.explained());
    }

    private void style() {
        var octets = JFaceResources.getFont(ViewFont.OCTETS);
        for (var part : parts) {
            var range = new StyleRange();
            range.start = part.start();
            range.length = part.end() - part.start();
            switch (part.look()) {
                case TITLE -> range.fontStyle = SWT.BOLD;
                case HEADING -> {
                    range.fontStyle = SWT.BOLD;
                    range.foreground = tones.of(Tone.PHASE);
                }
                case OCTETS -> range.font = octets;
                case MARK -> {
                    range.font = octets;
                    range.foreground = tones.of(Tone.PROBLEM);
                }
                case FAINT -> range.foreground = tones.faint();
                case LINK -> {
                    range.underline = true;
                    range.underlineStyle = SWT.UNDERLINE_LINK;
                }
            }
            text.setStyleRange(range);
        }
        explanations.frame();
        for (var line = 0; line < text.getLineCount(); line++) {
            text.setLineWrapIndent(line, 1, wrapIndent(text.getLine(line)));
        }
    }

    /** The rest of a long line begins below the line's own text. */
    private static int wrapIndent(String line) {
        return line.startsWith("    ") ? 60 : 16;
    }

    private void clicked(Event event) {
        var offset = text.getOffsetAtPoint(new Point(event.x, event.y));
        if (event.button == 1 && offset >= 0 && text.getSelectionCount() == 0) {
            followLinkAt(offset);
        }
    }

    private void keyPressed(Event event) {
        if (event.character == SWT.CR) {
            followLinkAt(text.getCaretOffset());
        }
    }

    private void followLinkAt(int offset) {
        parts.stream().filter(p -> p.event() != 0 && p.start() <= offset && offset <= p.end()).findFirst()
                .ifPresent(p -> follow.accept(p.event()));
    }
}

package dev.mailscope.ui.session;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.LineStyleEvent;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.ui.Named;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/**
 * What was said in a session, line by line. Keeps the newest lines only; follows them until the user scrolls up, and
 * again when the user is back at the end.
 */
final class Transcript {
    /** How many lines are kept. */
    static final int LIMIT = 5_000;
    // Cutting off a few lines at a time is slow: a tenth goes at once.
    private static final int CUT = LIMIT / 10;

    private static final Pattern REFUSAL = Pattern.compile("^S: (?:-ERR|(?:\\*|a\\d+) (?:NO|BAD)(?: |$))");

    private final StyledText text;
    private final Tones tones;
    private int wrapIndent;
    private boolean follows = true;

    Transcript(Composite parent) {
        text = new StyledText(parent, SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.WRAP | SWT.BORDER);
        tones = new Tones(text);
        wrapIndent = prefixWidth();
        text.setMargins(6, 4, 6, 4);
        text.addLineStyleListener(this::style);
        text.setAlwaysShowScrollBars(false);
        // Where the user has scrolled to decides whether new lines are followed, not where a smaller window leaves it.
        text.getVerticalBar().addListener(SWT.Selection, event -> follows = isAtEnd());
        text.addListener(SWT.KeyUp, event -> follows = isAtEnd());
        text.addListener(SWT.Resize, event -> showEnd());
        Named.name(text, Messages.Transcript_name);
    }

    StyledText control() {
        return text;
    }

    void setFont(Font font) {
        text.setFont(font);
        wrapIndent = prefixWidth();
    }

    /** Puts lines at the end. */
    void append(List<TranscriptLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        var newest = lines.subList(Math.max(0, lines.size() - LIMIT), lines.size());
        text.setRedraw(false);
        try {
            makeRoom(newest.size());
            var added = newest.stream().map(TranscriptLine::toString).collect(Collectors.joining("\n"));
            text.append(text.getCharCount() > 0 ? '\n' + added : added);
        } finally {
            text.setRedraw(true);
        }
        showEnd();
    }

    /** Forgets all lines. */
    void clear() {
        text.setText("");
        follows = true;
    }

    /** The lines as they are shown. */
    List<String> lines() {
        return text.getText().lines().toList();
    }

    /** Copies the selection, or everything when nothing is selected. */
    void copy() {
        if (text.getSelectionCount() > 0) {
            text.copy();
        } else if (text.getCharCount() > 0) {
            text.selectAll();
            text.copy();
            text.setSelection(text.getCharCount());
        }
    }

    private void showEnd() {
        if (follows) {
            text.setTopIndex(text.getLineCount() - 1);
        }
    }

    private boolean isAtEnd() {
        var bar = text.getVerticalBar();
        return !bar.isVisible() || bar.getSelection() + bar.getThumb() >= bar.getMaximum() - text.getLineHeight();
    }

    private void makeRoom(int coming) {
        var tooMany = text.getCharCount() == 0 ? 0 : text.getLineCount() + coming - LIMIT;
        if (tooMany > 0) {
            var lines = Math.min(text.getLineCount(), Math.max(tooMany, CUT));
            var end = lines == text.getLineCount() ? text.getCharCount() : text.getOffsetAtLine(lines);
            text.replaceTextRange(0, end, "");
        }
    }

    /** Looks are asked for when a line is drawn, so that they follow the theme. */
    private void style(LineStyleEvent event) {
        event.wrapIndent = wrapIndent;
        for (var kind : TranscriptLine.Kind.values()) {
            if (event.lineText.startsWith(kind.prefix())) {
                event.styles = new StyleRange[] { style(kind, event.lineOffset, event.lineText) };
            }
        }
    }

    private StyleRange style(TranscriptLine.Kind kind, int start, String line) {
        var all = line.length();
        return switch (kind) {
            case CLIENT -> new StyleRange(start, all, tones.of(Tone.CLIENT), null, SWT.BOLD);
            case SERVER -> REFUSAL.matcher(line).find()
                    ? new StyleRange(start, all, tones.of(Tone.PROBLEM), null, SWT.NORMAL)
                    : new StyleRange(start, kind.prefix().length(), tones.of(Tone.SERVER), null, SWT.NORMAL);
            case NOTE -> new StyleRange(start, all, tones.faint(), null, SWT.ITALIC);
        };
    }

    private int prefixWidth() {
        var gc = new GC(text);
        try {
            gc.setFont(text.getFont());
            return gc.textExtent(TranscriptLine.Kind.SERVER.prefix()).x;
        } finally {
            gc.dispose();
        }
    }
}

package dev.mailscope.ui.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.LineBackgroundEvent;
import org.eclipse.swt.custom.LineStyleEvent;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.server.analysis.Dialogue.Line;
import dev.mailscope.server.analysis.Dialogue.Speaker;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/**
 * The lines of a conversation: the client's at the left, the server's further right, notes small between them. Holds
 * the newest lines, or those around the moment, and others as the user scrolls to them; what is folded opens on a
 * click, or by Enter.
 */
final class ConversationText {
    /** Hears what the user does. */
    interface Listener {
        /** The user has gone to a line. */
        void lineSelected(Line line);

        /** The user wants to read what a line folds. */
        void unfoldingWanted(Line line);
    }

    /** The most lines that are held; of longer conversations, a part that size. */
    static final int MOST = 500;
    // When more than so many come at once nobody reads them: the newest few are held until somebody looks back.
    private static final int MANY = 50;
    private static final int FEW = 100;
    // Laying out lines takes its time: while many come, that is done so many milliseconds apart.
    private static final int PAUSE = 250;
    private static final String CLIENT = "C  ";
    private static final String SERVER = "S  ";
    private static final String FOLDED = "\u25B8 ";
    private static final String UNFOLDED = "\u25BE ";
    private static final int INDENT = 6;

    private final StyledText text;
    private final Tones tones;
    private final List<Line> lines;
    private final Listener listener;
    private final Map<Line, String> unfolded = new HashMap<>();
    // Of each line of the text, the line of the conversation; of what is unfolded below it, -1 less than that negated.
    private final List<Integer> owners = new ArrayList<>();
    private int from;
    private int to;
    private long moment;
    private int current = -1;
    private int charWidth = 8;
    private boolean follows = true;
    private boolean showing;
    private boolean waiting;

    ConversationText(Composite parent, List<Line> lines, Listener listener) {
        this.lines = lines;
        this.listener = listener;
        text = new StyledText(parent, SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.WRAP | SWT.BORDER);
        tones = new Tones(text);
        text.setMargins(8, 6, 8, 6);
        text.setLineSpacing(3);
        text.setAlwaysShowScrollBars(false);
        text.addLineStyleListener(this::style);
        text.addLineBackgroundListener(this::background);
        text.getVerticalBar().addListener(SWT.Selection, event -> scrolled());
        text.addListener(SWT.MouseUp, this::mouseUp);
        text.addListener(SWT.KeyUp, this::keyUp);
        text.addListener(SWT.Resize, event -> reveal());
        Named.name(text, Messages.conversation_name);
    }

    StyledText control() {
        return text;
    }

    void setFont(Font font) {
        text.setFont(font);
        var gc = new GC(text);
        gc.setFont(font);
        charWidth = gc.textExtent("m").x;
        gc.dispose();
        text.redraw();
    }

    /** The lines from that one on are new; with 0 all are. */
    void rowsAdded(int first, long now) {
        if (first == 0) {
            unfolded.clear();
            follows = now == 0;
            current = -1;
            moment = now;
        }
        var whole = first == to && lines.size() - from <= 2 * MOST;
        if (first == 0) {
            window(lines.size(), FEW);
        } else if (waiting) {
            return;
        } else if (follows && lines.size() - to > MANY) {
            waiting = true;
            text.getDisplay().timerExec(PAUSE, this::catchUp);
        } else if (whole) {
            append();
        } else if (follows) {
            window(lines.size(), MOST);
        }
        reveal();
    }

    /** So many lines at the beginning are forgotten; those in sight stay where they are, as far as they are held. */
    void linesDropped(int count) {
        from -= count;
        to -= count;
        current = Math.max(-1, current - count);
        owners.replaceAll(owner -> owner == Integer.MIN_VALUE ? owner : owner < 0 ? owner + count : owner - count);
        if (from <= 0) {
            keepingTop(() -> window(Math.min(lines.size(), Math.max(to, MOST)), MOST));
        } else {
            var top = text.getTopPixel();
            set(() -> {
                text.replaceTextRange(0, text.getLine(0).length(), earlier());
                text.setTopPixel(top);
            });
        }
    }

    /** Shows that moment, 0 for the newest: what comes after it is pale. */
    void showMoment(long event, int row) {
        // Whoever looks back while live stays where they are, whatever else is told.
        follows = event == 0 && (follows || moment != 0);
        moment = event;
        current = row;
        // Near the beginning of what is held, there is more to be seen above.
        if (row >= 0 && (row < from + Math.min(from, FEW / 2) || row >= to)) {
            window(Math.min(lines.size(), row + MOST / 2), MOST);
        } else if (follows && to != lines.size()) {
            window(lines.size(), MOST);
        }
        reveal();
        text.redraw();
    }

    /** Shows below a line what it folds. */
    void unfold(Line line, String whole) {
        unfolded.put(line, whole);
        refill();
    }

    /** The text as it is on the screen, line by line. */
    List<String> shown() {
        return text.getText().lines().toList();
    }

    /** The line of the text in which a line of the conversation stands. */
    int textLine(int row) {
        return owners.indexOf(row);
    }

    /** The user goes to a line of the text; on the fold mark that opens or closes. */
    void go(int textLine, boolean onMark) {
        var owner = owners.get(textLine);
        var line = owner == Integer.MIN_VALUE ? null : lines.get(owner < 0 ? -owner - 1 : owner);
        if (line == null) {
            return;
        }
        if (onMark && line.folded() > 0) {
            toggle(line);
        } else {
            listener.lineSelected(line);
        }
    }

    private void toggle(Line line) {
        if (unfolded.remove(line) != null) {
            refill();
        } else {
            listener.unfoldingWanted(line);
        }
    }

    private void window(int end, int most) {
        to = end;
        from = Math.max(0, end - most);
        refill();
    }

    private void catchUp() {
        waiting = false;
        if (!text.isDisposed() && follows && to < lines.size()) {
            window(lines.size(), FEW);
            reveal();
        }
    }

    private void scrolled() {
        var atEnd = isAtEnd();
        follows = moment == 0 && atEnd && to == lines.size();
        if (atEnd && to < lines.size()) {
            keepingTop(() -> window(Math.min(lines.size(), to + MOST / 2), MOST));
        } else if (from > 0 && text.getTopPixel() <= text.getLineHeight()) {
            showEarlier();
        } else if (!follows && from > 0 && to - from < MOST) {
            keepingTop(() -> window(to, MOST));
        }
    }

    private void showEarlier() {
        follows = false;
        keepingTop(() -> window(Math.min(lines.size(), Math.max(from + MOST / 2, MOST)), MOST));
    }

    // Other lines are held from now on, and what is in sight stays where it is as far as it is held still.
    private void keepingTop(Runnable other) {
        var index = text.getTopIndex();
        var top = index < owners.size() && owners.get(index) != Integer.MIN_VALUE ? owners.get(index) : from;
        other.run();
        text.setTopIndex(Math.max(0, owners.indexOf(top)));
    }

    private void refill() {
        var top = text.getTopIndex();
        var caret = text.getCaretOffset();
        owners.clear();
        var content = new StringBuilder();
        if (from > 0) {
            content.append(earlier());
            owners.add(Integer.MIN_VALUE);
        }
        for (var i = from; i < to; i++) {
            add(content, i);
        }
        if (lines.isEmpty()) {
            content.append(Messages.conversation_empty);
            owners.add(Integer.MIN_VALUE);
        }
        set(() -> {
            text.setText(content.toString());
            if (!follows) { // else reveal() goes to the end
                text.setCaretOffset(Math.min(caret, text.getCharCount()));
                text.setTopIndex(top);
            }
        });
    }

    private String earlier() {
        return Counted.text(Messages.conversation_earlier, from);
    }

    private void append() {
        var content = new StringBuilder();
        for (; to < lines.size(); to++) {
            add(content, to);
        }
        set(() -> text.append((text.getCharCount() == 0 ? "" : "\n") + content));
    }

    private void set(Runnable change) {
        showing = true;
        text.setRedraw(false);
        try {
            change.run();
        } finally {
            text.setRedraw(true);
            showing = false;
        }
    }

    private void add(StringBuilder content, int row) {
        var line = lines.get(row);
        var open = unfolded.get(line);
        content.append(content.isEmpty() ? "" : "\n");
        content.append(switch (line.speaker()) {
            case CLIENT -> CLIENT;
            case SERVER -> SERVER;
            case NOTE -> "";
        }).append(line.folded() == 0 ? "" : open == null ? FOLDED : UNFOLDED).append(line.text());
        owners.add(row);
        if (open != null) {
            open.lines().forEach(more -> {
                content.append('\n').append(more);
                owners.add(-row - 1);
            });
        }
    }

    private void reveal() {
        if (current >= 0 && moment != 0) {
            var at = textLine(current);
            if (at >= 0) {
                var offset = text.getOffsetAtLine(at);
                showing = true;
                if (text.getLineAtOffset(text.getCaretOffset()) != at) {
                    text.setSelection(offset);
                } else {
                    text.showSelection();
                }
                showing = false;
            }
        } else if (follows) {
            text.setTopIndex(text.getLineCount() - 1);
        }
    }

    private boolean isAtEnd() {
        var bar = text.getVerticalBar();
        return !bar.isVisible() || bar.getSelection() + bar.getThumb() >= bar.getMaximum() - text.getLineHeight();
    }

    private void mouseUp(Event event) {
        if (event.button != 1 || text.getSelectionCount() > 0 || owners.isEmpty()) {
            return; // who drags wants to copy
        }
        var at = text.getLineIndex(event.y);
        var offset = text.getOffsetAtPoint(new Point(event.x, event.y));
        var mark = text.getLine(at).indexOf(FOLDED) >= 0 ? text.getLine(at).indexOf(FOLDED)
                : text.getLine(at).indexOf(UNFOLDED);
        go(at, offset >= 0 && mark >= 0 && mark <= CLIENT.length()
                && offset - text.getOffsetAtLine(at) >= mark - 1 && offset - text.getOffsetAtLine(at) <= mark + 2);
    }

    private void keyUp(Event event) {
        var at = owners.isEmpty() ? -1 : text.getLineAtOffset(text.getCaretOffset());
        if (at < 0 || showing) {
            return;
        }
        switch (event.keyCode) {
            case SWT.ARROW_UP, SWT.ARROW_DOWN, SWT.PAGE_UP, SWT.PAGE_DOWN, SWT.HOME, SWT.END -> {
                if ((event.stateMask & SWT.SHIFT) == 0) {
                    if (at == 0 && from > 0) {
                        var above = from - 1;
                        showEarlier();
                        at = owners.indexOf(above);
                    }
                    go(at, false);
                }
            }
            case SWT.CR, SWT.KEYPAD_CR -> go(at, true);
            default -> {
                // not a key of the conversation's
            }
        }
    }

    private Line lineAt(int offset) {
        var at = text.getLineAtOffset(offset);
        var owner = at < owners.size() ? owners.get(at) : Integer.MIN_VALUE;
        return owner == Integer.MIN_VALUE ? null : lines.get(owner < 0 ? -owner - 1 : owner);
    }

    private boolean isUnfolded(int offset) {
        var at = text.getLineAtOffset(offset);
        return at < owners.size() && owners.get(at) < 0;
    }

    private void background(LineBackgroundEvent event) {
        var line = lineAt(event.lineOffset);
        if (line != null && isHere(line)) {
            event.lineBackground = tones.selection();
        } else if (line != null && line.speaker() == Speaker.CLIENT && !isUnfolded(event.lineOffset)) {
            event.lineBackground = tones.tint(Tone.CLIENT);
        }
    }

    /** Looks are asked for when a line is drawn, so that they follow the theme. */
    private void style(LineStyleEvent event) {
        var line = lineAt(event.lineOffset);
        var length = event.lineText.length();
        if (line == null) {
            event.styles = new StyleRange[] {
                new StyleRange(event.lineOffset, length, tones.faint(), null, SWT.ITALIC) };
            return;
        }
        var own = !isUnfolded(event.lineOffset);
        event.indent = (line.speaker() == Speaker.CLIENT ? 0 : INDENT) * charWidth + (own ? 0 : 3 * charWidth);
        event.wrapIndent = event.indent + (line.speaker() == Speaker.NOTE || !own ? 0 : CLIENT.length() * charWidth);
        var here = isHere(line);
        var later = moment != 0 && line.event() > moment;
        var mark = own && line.speaker() != Speaker.NOTE ? CLIENT.length() : 0;
        var colours = new ConversationColours(tones, here, later);
        var colour = colours.ofText(line);
        var said = new StyleRange(event.lineOffset + mark, length - mark, own ? colour : here ? colour : tones.faint(),
                null, line.speaker() == Speaker.NOTE ? SWT.ITALIC
                        : line.speaker() == Speaker.CLIENT && own ? SWT.BOLD : SWT.NORMAL);
        event.styles = mark == 0 ? new StyleRange[] { said } : new StyleRange[] {
            new StyleRange(event.lineOffset, mark, colours.ofMark(line), null, SWT.BOLD), said };
    }

    private boolean isHere(Line line) {
        return moment != 0 && current >= 0 && current < lines.size() && line == lines.get(current);
    }
}

package dev.mailscope.ui.debug;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.server.analysis.OctetNotation;
import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.ui.Banner;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** Shows octets and lets them be edited, as text with its line ends to be seen, or in hexadecimal. */
final class OctetsEditor extends Composite {
    /** More octets than this are shown in part, and not edited. */
    static final int MOST_EDITED = 256 << 10;
    private static final int MOST_SHOWN = 64 << 10;
    private static final String LINE_END = "CRLF";
    private static final int SMALL = 3;

    private final Runnable changed;
    private final Button text;
    private final Button hex;
    private final Button undo;
    private final Label count;
    private final StyledText field;
    private OctetNotation notation = OctetNotation.TEXT;
    private Octets original = Octets.NONE;
    private Octets edited = Octets.NONE;
    private String problem = "";
    private boolean showing;

    OctetsEditor(Composite parent, Runnable changed) {
        super(parent, SWT.NONE);
        this.changed = changed;
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(this);
        var bar = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        text = notation(bar, Messages.editor_text, Messages.editor_textHint, OctetNotation.TEXT);
        hex = notation(bar, Messages.editor_hex, Messages.editor_hexHint, OctetNotation.HEX);
        text.setSelection(true);
        count = new Label(bar, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(40, SWT.DEFAULT)
                .applyTo(count);
        undo = new Button(bar, SWT.PUSH);
        undo.setText(Messages.editor_undo);
        undo.addListener(SWT.Selection, event -> show(original));
        field = new StyledText(this, SWT.MULTI | SWT.BORDER | SWT.H_SCROLL | SWT.V_SCROLL);
        field.addListener(SWT.Modify, event -> read());
        field.addListener(SWT.Paint, event -> drawLineEnds(event.gc));
        // The key leads out of the field; a tabulator is written \t.
        field.addListener(SWT.Traverse, event -> event.doit |= event.detail == SWT.TRAVERSE_TAB_NEXT
                || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        Named.name(field, Messages.editor_name);
        ViewFont.apply(field, ViewFont.OCTETS, font -> {
            field.setFont(font);
            GridDataFactory.fillDefaults().grab(true, true).hint(100, field.getLineHeight() * SMALL).applyTo(field);
        });
        for (var control : bar.getChildren()) {
            ViewFont.apply(control, ViewFont.TABLES);
        }
        show(Octets.NONE);
    }

    /** Shows these octets, as they are. */
    void show(Octets octets) {
        original = octets;
        edited = octets;
        problem = "";
        fill();
        refresh();
    }

    /** The octets as they are edited; the last ones that were right while there is a {@link #problem}. */
    Octets edited() {
        return edited;
    }

    /** True when the octets are others than those that were shown. */
    boolean isEdited() {
        return !edited.equals(original) || edited.pieces().stream().filter(Octets.Hidden.class::isInstance).count()
                != original.pieces().stream().filter(Octets.Hidden.class::isInstance).count();
    }

    /** What is wrong with the text, and at which character; empty when nothing is. */
    String problem() {
        return problem;
    }

    /** The field itself. */
    StyledText field() {
        return field;
    }

    @Override
    public boolean setFocus() {
        return field.setFocus();
    }

    private Button notation(Composite parent, String name, String hint, OctetNotation which) {
        var button = new Button(parent, SWT.RADIO);
        button.setText(name);
        button.setToolTipText(hint);
        button.setData(Banner.KEEP_COLOURS, Boolean.TRUE);
        button.addListener(SWT.Selection, event -> {
            if (button.getSelection() && notation != which) {
                change(which);
            }
        });
        return button;
    }

    /** What is not right yet in one notation cannot be shown in the other. */
    private void change(OctetNotation which) {
        if (!problem.isEmpty()) {
            text.setSelection(notation == OctetNotation.TEXT);
            hex.setSelection(notation == OctetNotation.HEX);
            return;
        }
        notation = which;
        fill();
        refresh();
    }

    private void fill() {
        var small = original.size() <= MOST_EDITED;
        showing = true;
        try {
            field.setEditable(small);
            field.setText(small ? notation.write(edited) : notation == OctetNotation.TEXT
                    ? OctetText.text(original, MOST_SHOWN) : OctetText.hex(original, MOST_SHOWN));
        } finally {
            showing = false;
        }
    }

    private void read() {
        if (showing) {
            return;
        }
        try {
            edited = notation.read(field.getText(), original);
            problem = "";
        } catch (OctetNotation.Wrong e) {
            problem = Counted.text(Messages.editor_problem, e.offset() + 1, e.getMessage());
        }
        refresh();
    }

    private void refresh() {
        count.setText(original.size() > MOST_EDITED ? Counted.text(Messages.editor_large, original.size())
                : Counted.text(isEdited() ? Messages.editor_edited : Messages.editor_octets, edited.size()));
        count.setToolTipText(count.getText());
        undo.setEnabled(isEdited() || !problem.isEmpty());
        field.redraw();
        changed.run();
    }

    private void drawLineEnds(GC gc) {
        if (notation != OctetNotation.TEXT || original.size() > MOST_EDITED) {
            return;
        }
        gc.setForeground(new Tones(field).faint());
        var last = Math.min(field.getLineCount() - 2, field.getLineIndex(field.getClientArea().height));
        for (var line = field.getLineIndex(0); line <= last; line++) {
            var end = field.getLocationAtOffset(field.getOffsetAtLine(line) + field.getLine(line).length());
            gc.drawText(LINE_END, end.x + SMALL, end.y, true);
        }
    }
}

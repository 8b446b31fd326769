package dev.mailscope.ui.filter;

import java.util.Optional;

import org.eclipse.jface.bindings.keys.KeyStroke;
import org.eclipse.jface.fieldassist.ContentProposalAdapter;
import org.eclipse.jface.fieldassist.IContentProposal;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.events.VerifyEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.server.expression.Expression;
import dev.mailscope.server.expression.Problem;
import dev.mailscope.server.expression.Proposal;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/**
 * A line in which an expression is typed, or what else its {@link Language} takes. What is wrong is underlined where it
 * is; Ctrl+Space proposes names, operators and the values that have occurred; at its end it says what the text is taken
 * for.
 */
public final class ExpressionField {
    private static final int MARGIN = 6;

    private final StyledText text;
    private final Tones tones;
    private final Language language;
    private final ContentProposalAdapter assist;
    private String hint = "";
    private String name = "";
    private Runnable entered = () -> { };
    private Runnable down = () -> { };
    private Problem problem;

    /** An empty line. */
    public ExpressionField(Composite parent, Language language) {
        this.language = language;
        text = new StyledText(parent, SWT.SINGLE | SWT.BORDER);
        text.setMargins(MARGIN, 3, MARGIN, 3);
        tones = new Tones(text);
        text.addModifyListener(event -> check());
        Theme.follow(text, this::check);
        text.addListener(SWT.Paint, this::paint);
        text.addListener(SWT.FocusIn, event -> text.redraw());
        text.addListener(SWT.FocusOut, event -> text.redraw());
        assist = new ContentProposalAdapter(text, new StyledTextContent(), (contents, caret) -> language
                .proposals(contents, caret).stream().map(Offered::new).toArray(IContentProposal[]::new),
                KeyStroke.getInstance(SWT.CTRL, ' '), null);
        assist.setProposalAcceptanceStyle(ContentProposalAdapter.PROPOSAL_IGNORE);
        assist.setPropagateKeys(true);
        assist.setPopupSize(new Point(720, 240));
        assist.addContentProposalListener(proposal -> accept(((Offered) proposal).proposal()));
        text.addVerifyKeyListener(this::key);
        text.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = name.isEmpty() ? hint : name;
            }

            @Override
            public void getDescription(AccessibleEvent event) {
                event.result = problem == null ? kind() : problem.message();
            }
        });
    }

    /** What it is drawn in. */
    public StyledText control() {
        return text;
    }

    /** Says that while nothing is typed. */
    public void setHint(String words) {
        hint = words;
        text.redraw();
    }

    /** What a screen reader calls it; without it, the hint. */
    public void setName(String words) {
        name = words;
    }

    /** What is typed. */
    public String text() {
        return text.getText();
    }

    /** Types that, with the caret at its end. */
    public void setText(String typed) {
        // A line cannot show what would begin another one.
        var line = typed.replaceAll("[\\r\\n]+", " ");
        if (!text.getText().equals(line)) {
            text.setText(line);
            text.setCaretOffset(line.length());
        }
    }

    /** What is wrong with what is typed, and where; nothing for plain words and right expressions. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Runs that on Enter. */
    public void onEnter(Runnable action) {
        entered = action;
    }

    /** Runs that on the arrow down. */
    public void onArrowDown(Runnable action) {
        down = action;
    }

    /** True while proposals are shown. */
    public boolean isProposing() {
        return assist.isProposalPopupOpen();
    }

    /** Reads again what is typed: the language takes something else now. */
    public void check() {
        var typed = text.getText();
        problem = !typed.isBlank() && language.parse(typed) instanceof Expression.Wrong(var wrong) ? wrong : null;
        text.setStyleRanges(new StyleRange[0]);
        if (problem != null) {
            var from = Math.clamp(problem.offset(), 0, typed.length() - 1);
            var style = new StyleRange(from, Math.clamp(problem.length(), 1, typed.length() - from), null, null);
            style.underline = true;
            style.underlineStyle = SWT.UNDERLINE_SQUIGGLE;
            style.underlineColor = tones.of(Tone.PROBLEM);
            text.setStyleRange(style);
        }
        text.redraw();
    }

    private String kind() {
        return text.getText().isBlank() ? "" : language.kind(text.getText());
    }

    private void paint(Event event) {
        var area = text.getClientArea();
        var gc = event.gc;
        gc.setFont(text.getFont());
        gc.setForeground(tones.faint());
        var y = text.getTopMargin();
        if (text.getCharCount() == 0) {
            gc.drawText(hint, text.getLeftMargin() + 2, y, true);
            return;
        }
        var kind = kind();
        var width = gc.textExtent(kind).x;
        var end = text.getLocationAtOffset(text.getCharCount()).x;
        if (end + 3 * MARGIN + width < area.width) {
            gc.drawText(kind, area.width - width - MARGIN, y, true);
        }
    }

    private void key(VerifyEvent event) {
        var action = switch (event.keyCode) {
            case SWT.CR, SWT.KEYPAD_CR -> entered;
            case SWT.ARROW_DOWN -> down;
            default -> null;
        };
        if (action != null) {
            event.doit = false;
            // While proposals are shown, these keys are about them and not about the line.
            if (!isProposing()) {
                action.run();
            }
        }
    }

    private void accept(Proposal proposal) {
        text.setText(proposal.applyTo(text.getText()));
        text.setCaretOffset(proposal.caret());
    }

    /** A proposal as the platform shows it. */
    private record Offered(Proposal proposal) implements IContentProposal {
        @Override
        public String getContent() {
            return proposal.text();
        }

        @Override
        public int getCursorPosition() {
            return proposal.caret();
        }

        @Override
        public String getLabel() {
            return proposal.explanation().isEmpty() ? proposal.label()
                    : proposal.label() + " \u2013 " + proposal.explanation();
        }

        @Override
        public String getDescription() {
            return null;
        }
    }
}

package dev.mailscope.ui.session;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.events.VerifyEvent;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.ui.Named;

/**
 * The line in which commands are typed: a prompt that says what the line will be to the server, the history on the
 * arrow keys, proposals while the verb is typed and on Ctrl+Space. A credential is blacked out while it is typed.
 */
final class CommandField {
    private final Composite row;
    private final Label prompt;
    private final StyledText text;
    private final ProposalPopup popup;
    private final History.Walk history;
    private final BiFunction<String, Integer, List<CommandProposal>> proposals;
    private final Consumer<String> send;
    private ConsoleSession session;
    private boolean recalling;
    private String proposedIn = "";

    /**
     * @param history   the user's way through what was sent before
     * @param proposals what to offer for a line and a caret position
     * @param send      takes a line that is finished
     */
    CommandField(Composite parent, History.Walk history,
            BiFunction<String, Integer, List<CommandProposal>> proposals, Consumer<String> send) {
        this.history = history;
        this.proposals = proposals;
        this.send = send;
        row = new Composite(parent, SWT.NONE);
        var layout = new GridLayout(2, false);
        layout.marginWidth = 4;
        layout.marginHeight = 2;
        row.setLayout(layout);
        prompt = new Label(row, SWT.NONE);
        text = new StyledText(row, SWT.SINGLE | SWT.BORDER);
        text.setMargins(6, 4, 6, 4);
        text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        popup = new ProposalPopup(text, this::acceptProposal);
        text.addVerifyKeyListener(this::key);
        text.addModifyListener(event -> modified());
        text.addListener(SWT.FocusOut, event -> popup.close());
        text.addListener(SWT.Dispose, event -> popup.close());
        text.addListener(SWT.Traverse, event -> {
            // Tab completes while there is something to complete, and Escape closes the list only.
            if (popup.isOpen() && (event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_ESCAPE)) {
                event.doit = false;
            }
        });
        Named.name(text, () -> NLS.bind(Messages.CommandField_name, prompt.getText()));
    }

    Composite control() {
        return row;
    }

    StyledText text() {
        return text;
    }

    ProposalPopup popup() {
        return popup;
    }

    /** The session whose commands are typed here; null for none, then nothing can be typed. */
    void setSession(ConsoleSession now) {
        session = now;
        refresh();
    }

    void setFont(Font font) {
        prompt.setFont(font);
        text.setFont(font);
    }

    /** What is being typed. */
    String draft() {
        return text.getText();
    }

    /** Puts a line there to go on with. */
    void setDraft(String line) {
        recalling = true;
        text.setText(line);
        text.setCaretOffset(line.length());
        recalling = false;
    }

    /** Gives the line the focus; false when it cannot be typed in. */
    boolean setFocus() {
        return text.setFocus();
    }

    /**
     * Makes the prompt say what the line is now, and blacks out what must not be read. While the session connects, a
     * line can be typed ahead; when it has ended, none can.
     */
    void refresh() {
        var usable = session != null && switch (session.state()) {
            case CONNECTING, OPEN -> true;
            case REFUSED, ENDED -> false;
        };
        if (!usable || !session.phase().equals(proposedIn)) {
            popup.close();
        }
        if (text.getEnabled() != usable) {
            text.setEditable(usable);
            text.setEnabled(usable);
        }
        var draft = text.getText();
        var now = usable ? session.prompt(draft) : null;
        setPrompt(now == null ? "" : promptText(now));
        text.setStyleRanges(new StyleRange[0]);
        if (now != null && now.secretFrom() < draft.length()) {
            text.setStyleRange(new StyleRange(now.secretFrom(), draft.length() - now.secretFrom(),
                    text.getForeground(), text.getForeground()));
        }
    }

    /** Offers what fits at the caret; the first one is selected. */
    void propose() {
        offer(proposals.apply(text.getText(), text.getCaretOffset()), true);
    }

    private void offer(List<CommandProposal> offered, boolean selectFirst) {
        proposedIn = session == null ? "" : session.phase();
        popup.show(offered, selectFirst);
    }

    private static String promptText(ConsoleSession.Prompt now) {
        if (now.literalLeft() > 0) {
            return "C: {" + now.literalLeft() + '}';
        }
        if (now.rest()) {
            return now.asked() ? "C: +" : "C: \u2026";
        }
        return now.tag().isEmpty() ? "C:" : "C: " + now.tag();
    }

    private void setPrompt(String wanted) {
        if (!prompt.getText().equals(wanted)) {
            prompt.setText(wanted);
            row.layout(true, true);
        }
    }

    private void modified() {
        refresh();
        if (recalling) {
            popup.close();
            return;
        }
        history.restart();
        var draft = text.getText();
        var offered = draft.isBlank() ? List.<CommandProposal>of() : proposals.apply(draft, text.getCaretOffset());
        // Of its own accord it helps with the verb only; a list that pops up at every argument would be in the way.
        offer(offered.stream().filter(CommandProposal::isVerb).toList(), false);
    }

    private void key(VerifyEvent event) {
        event.doit = switch (event.keyCode) {
            case SWT.CR, SWT.KEYPAD_CR -> enter();
            case SWT.TAB -> !popup.isOpen() || accept(popup.selectedOrFirst());
            case SWT.ESC -> {
                popup.close();
                yield false;
            }
            case SWT.ARROW_UP -> up();
            case SWT.ARROW_DOWN -> down();
            case ' ' -> (event.stateMask & SWT.MOD1) == 0 || proposing();
            default -> true;
        };
    }

    private boolean proposing() {
        propose();
        return false;
    }

    private boolean enter() {
        var proposal = popup.selected();
        if (proposal != null) {
            return accept(proposal);
        }
        popup.close();
        if (session != null && session.state() == ConsoleSession.State.OPEN) {
            var line = text.getText();
            setDraft("");
            history.restart();
            send.accept(line);
            refresh();
        }
        return false;
    }

    private boolean up() {
        if (popup.selected() != null) {
            popup.move(-1);
        } else {
            setDraft(history.older(text.getText()));
        }
        return false;
    }

    private boolean down() {
        if (popup.isOpen()) {
            popup.move(1);
        } else {
            setDraft(history.newer(text.getText()));
        }
        return false;
    }

    private void acceptProposal() {
        accept(popup.selectedOrFirst());
    }

    /** Puts the proposal in. Always false: the key that asked for it has done its work. */
    private boolean accept(CommandProposal proposal) {
        if (proposal != null) {
            var line = proposal.applyTo(text.getText());
            setDraft(line);
            text.setCaretOffset(proposal.caret());
            popup.close();
            text.setFocus();
        }
        return false;
    }
}

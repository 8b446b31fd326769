package dev.mailscope.ui.session;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;

/**
 * What can be put into the command line, in a list near it, with the selected one's explanation below. Never takes the
 * keyboard from the command line, which steers it; uses the command line's font.
 */
final class ProposalPopup {
    private static final int ROWS = 9;
    private static final int WIDEST = 640;
    private static final int FRAME = 2;
    private static final int INDENT = 6;

    private final StyledText owner;
    private final Runnable chosen;
    private Shell shell;
    private Table table;
    private Label explanation;
    private List<CommandProposal> proposals = List.of();

    /** A popup for that command line; {@code chosen} runs when a proposal was clicked. */
    ProposalPopup(StyledText owner, Runnable chosen) {
        this.owner = owner;
        this.chosen = chosen;
    }

    /** Shows these proposals, or nothing when there are none. */
    void show(List<CommandProposal> offered, boolean selectFirst) {
        if (offered.isEmpty()) {
            close();
            return;
        }
        proposals = offered;
        if (shell == null) {
            create();
        }
        table.removeAll();
        for (var proposal : offered) {
            new TableItem(table, SWT.NONE).setText(proposal.label());
        }
        if (selectFirst) {
            table.setSelection(0);
        }
        explain();
        place();
        shell.setVisible(true);
    }

    boolean isOpen() {
        return shell != null;
    }

    /** The selected proposal, or null. */
    CommandProposal selected() {
        var index = isOpen() ? table.getSelectionIndex() : -1;
        return index < 0 ? null : proposals.get(index);
    }

    /** The selected proposal, or the first one. */
    CommandProposal selectedOrFirst() {
        var proposal = selected();
        return proposal != null || !isOpen() ? proposal : proposals.getFirst();
    }

    /** What is offered, as it is shown. */
    List<String> labels() {
        return isOpen() ? proposals.stream().map(CommandProposal::label).toList() : List.of();
    }

    /** What the explanation below the list says. */
    String explanation() {
        return isOpen() ? explanation.getText() : "";
    }

    /** Moves the selection by so many rows, round the ends. */
    void move(int rows) {
        var count = table.getItemCount();
        var from = table.getSelectionIndex();
        table.setSelection(from < 0 && rows < 0 ? count - 1 : Math.floorMod(from + rows, count));
        table.showSelection();
        explain();
    }

    void close() {
        if (shell != null) {
            var closing = shell;
            shell = null;
            closing.dispose();
        }
    }

    private void create() {
        shell = new Shell(owner.getShell(), SWT.NO_TRIM | SWT.ON_TOP | SWT.TOOL | SWT.NO_FOCUS);
        var layout = new GridLayout();
        layout.marginWidth = FRAME;
        layout.marginHeight = FRAME;
        layout.verticalSpacing = FRAME;
        shell.setLayout(layout);
        shell.setBackground(owner.getBackground());
        shell.addListener(SWT.Paint, this::frame);
        table = new Table(shell, SWT.SINGLE | SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.NO_FOCUS);
        table.setFont(owner.getFont());
        table.setBackground(owner.getBackground());
        table.setForeground(owner.getForeground());
        table.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        table.addListener(SWT.Selection, event -> explain());
        table.addListener(SWT.MouseUp, event -> chosen.run());
        explanation = new Label(shell, SWT.WRAP);
        explanation.setFont(owner.getFont());
        explanation.setBackground(owner.getBackground());
        explanation.setForeground(owner.getForeground());
        var data = new GridData(SWT.FILL, SWT.FILL, true, false);
        data.horizontalIndent = INDENT;
        data.verticalIndent = INDENT;
        explanation.setLayoutData(data);
        shell.addListener(SWT.Dispose, event -> shell = null);
    }

    // A window without trimmings needs an edge, which must be seen on light and dark alike.
    private void frame(Event event) {
        var area = shell.getClientArea();
        event.gc.setForeground(owner.getForeground());
        event.gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
        var between = explanation.getBounds().y - INDENT / 2;
        event.gc.drawLine(0, between, area.width, between);
    }

    private void explain() {
        var proposal = selectedOrFirst();
        var text = proposal.section().isEmpty() ? proposal.explanation()
                : proposal.explanation() + "\n" + proposal.section();
        explanation.setText(text.isBlank() ? Messages.ProposalPopup_noExplanation : text);
        shell.layout();
    }

    /** Above the command line, which is at the bottom of its view, when there is room; otherwise below. */
    private void place() {
        var screen = owner.getMonitor().getClientArea();
        var width = Math.min(Math.max(owner.getSize().x, owner.getLineHeight() * 20),
                Math.min(screen.width, Math.max(WIDEST, owner.getLineHeight() * 30)));
        var tallest = 0;
        for (var proposal : proposals) {
            explanation.setText(proposal.explanation() + "\n" + proposal.section());
            tallest = Math.max(tallest, explanation.computeSize(width - 2 * INDENT, SWT.DEFAULT).y);
        }
        ((GridData) explanation.getLayoutData()).heightHint = tallest;
        explain();
        var rows = Math.min(ROWS, proposals.size());
        ((GridData) table.getLayoutData()).heightHint = table.getItemHeight() * rows;
        var height = shell.computeSize(width, SWT.DEFAULT).y;
        var field = owner.getBounds();
        var corner = owner.toDisplay(new Point(0, 0));
        var above = corner.y - height - 2;
        var y = above >= screen.y ? above : corner.y + field.height + 2;
        var x = Math.max(screen.x, Math.min(corner.x, screen.x + screen.width - width));
        shell.setBounds(new Rectangle(x, y, width, height));
        shell.layout();
    }
}

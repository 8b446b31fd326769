package dev.mailscope.ui.finding;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.finding.Finding;
import dev.mailscope.server.finding.Rule;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.Widths;
import dev.mailscope.ui.trace.EventColumns;
import dev.mailscope.ui.trace.EventTable;

/** What clients do wrong in the recording that is looked at; each leads to its event. */
public final class FindingsView extends ViewPart {
    private final Mailscope mailscope = Mailscope.get();
    private final Focus focus = mailscope.focus();
    private final Focus.Listener focusListener = this::show;
    private final TraceFeed.Listener feedListener = batch -> show();
    private final Runnable findingsListener = this::found;
    private final EventColumns columns = new EventColumns(List.of(Messages.column_event, Messages.column_severity,
            Messages.column_session, Messages.column_what, Messages.column_rfc, Messages.column_here),
            new Widths(new int[] { 64, 76, 76, 350, 170 }, new int[] { 40, 60, 60, 160, 80 }));
    private EventTable table;
    private Text text;
    private Recording recording;
    private TraceFindings findings;

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        table = new EventTable(parent, columns);
        table.setEmptyText(Messages.table_empty);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(table);
        text = new Text(parent, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
        text.setText(Messages.text_none);
        ViewFont.apply(table, ViewFont.TABLES, font -> {
            columns.scale(ViewFont.scale(parent, ViewFont.TABLES));
            table.setFont(font);
        });
        ViewFont.apply(text, ViewFont.TABLES, font -> {
            text.setFont(font);
            GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, 4 * text.getLineHeight()).applyTo(text);
            parent.layout();
        });
        table.addListener(new EventTable.Listener() {
            @Override
            public void rowSelected(int index) {
                text.setText(index < 0 ? Messages.text_none : words(findings.get(index)));
            }

            @Override
            public void followingChanged(boolean following) {
                // The newest finding stays in sight until the user chooses another.
            }
        });
        table.addListener(SWT.MouseDoubleClick, event -> goToEvent());
        table.addListener(SWT.KeyDown, event -> {
            if (event.character == SWT.CR) {
                goToEvent();
            }
        });
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(),
                new CopyAction(this::selected));
        focus.addListener(focusListener);
        mailscope.feed().addListener(feedListener);
        mailscope.server().open();
        show();
    }

    @Override
    public void setFocus() {
        table.setFocus();
    }

    @Override
    public void dispose() {
        focus.removeListener(focusListener);
        mailscope.feed().removeListener(feedListener);
        if (findings != null) {
            findings.removeListener(findingsListener);
        }
        super.dispose();
    }

    /** Shows the moment of the selected finding. Does nothing when none is selected. */
    public void goToEvent() {
        if (findings != null && table.selection() >= 0 && table.selection() < findings.count()) {
            focus.selectEvent(findings.get(table.selection()).event());
        }
    }

    private void show() {
        var now = focus.recording();
        if (now == null) {
            return;
        }
        if (now != recording) {
            if (findings != null) {
                findings.removeListener(findingsListener);
            }
            recording = now;
            findings = TraceFindings.of(now);
            findings.addListener(findingsListener);
            text.setText(Messages.text_none);
            table.setRows(new Rows(findings));
        }
        findings.extend();
    }

    private void found() {
        if (!table.isDisposed()) {
            table.rowsChanged();
        }
    }

    private String selected() {
        if (findings == null || table.selection() < 0) {
            return "";
        }
        return findings.all().subList(table.selectionStart(), table.selectionEnd() + 1).stream()
                .map(finding -> finding.event() + "\t" + finding.text()).collect(Collectors.joining("\n"));
    }

    private static String words(Finding finding) {
        return finding.text() + "\n" + NLS.bind(Messages.text_seen, finding.events().stream().map(String::valueOf)
                .collect(Collectors.joining(", ")));
    }

    /** The findings as rows. */
    private record Rows(TraceFindings findings) implements EventTable.Rows {
        @Override
        public int count() {
            return findings.count();
        }

        @Override
        public EventTable.Row row(int index) {
            var finding = findings.get(index);
            var rule = finding.rule();
            return new EventTable.Row(finding.event(), List.of(Long.toString(finding.event()), severity(rule),
                    rule.protocol().toUpperCase(Locale.ROOT) + " " + finding.session(), rule.title(), rule.reference(),
                    finding.detail()), rule.severity() == Rule.Severity.HINT ? Tone.PHASE : Tone.PROBLEM);
        }

        private static String severity(Rule rule) {
            return switch (rule.severity()) {
                case ERROR -> Messages.severity_error;
                case WARNING -> Messages.severity_warning;
                case HINT -> Messages.severity_hint;
            };
        }
    }
}

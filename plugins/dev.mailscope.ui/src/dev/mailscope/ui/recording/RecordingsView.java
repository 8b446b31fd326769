package dev.mailscope.ui.recording;

import java.io.IOException;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.recording.RecordingList.Row;

/** The recordings of this workspace, the one that is being made among them, and what can be done with them. */
public final class RecordingsView extends ViewPart {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int INTERVAL = 2_000;
    private static final String PREFERENCES = "dev.mailscope.ui.preferences";

    private final Mailscope mailscope = Mailscope.get();
    private final Look look = new Look();
    private TableViewer viewer;
    private Link policy;
    private List<Row> shown = List.of();
    private boolean disposed;

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        var all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(all);
        policy = new Link(all, SWT.WRAP);
        policy.addListener(SWT.Selection, event -> {
            PreferencesUtil.createPreferenceDialogOn(getSite().getShell(), PREFERENCES, null, null).open();
            showPolicy();
        });
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 4).hint(200, SWT.DEFAULT).applyTo(policy);
        ViewFont.apply(policy, ViewFont.TABLES);
        var place = new Composite(all, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(place);
        createTable(place);
        new RecordingActions(this, viewer).create(getViewSite().getActionBars(), all);
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        mailscope.server().open();
        showPolicy();
        refresh();
    }

    @Override
    public void setFocus() {
        viewer.getTable().setFocus();
        showPolicy();
        refresh();
    }

    @Override
    public void dispose() {
        disposed = true;
        look.cancel();
        super.dispose();
    }

    /** Looks anew at what there is. */
    void refresh() {
        look.cancel();
        look.schedule();
    }

    /** What is selected, from the first to the last. */
    @SuppressWarnings("unchecked")
    List<Row> selected() {
        return viewer.getStructuredSelection().toList();
    }

    /** The names and states of all that are shown, each cell between tabs. */
    List<String> lines() {
        return shown.stream().map(RecordingsView::line).toList();
    }

    private void createTable(Composite place) {
        var layout = new TableColumnLayout();
        place.setLayout(layout);
        viewer = new TableViewer(place, SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER);
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        column(layout, Messages.recordings_name, 10, 150, false, RecordingsView::name);
        column(layout, Messages.recordings_begun, 7, 130, false, row -> begun(row));
        column(layout, Messages.recordings_length, 4, 66, true, RecordingsView::length);
        column(layout, Messages.recordings_events, 4, 62, true, row -> row.summary() == null ? ""
                : NumberFormat.getIntegerInstance().format(row.summary().events()));
        column(layout, Messages.recordings_size, 4, 66, true, row -> size(row.bytes()));
        column(layout, Messages.recordings_notes, 2, 50, true, row -> row.summary() == null
                || row.summary().notes() == 0 ? "" : Integer.toString(row.summary().notes()));
        column(layout, Messages.recordings_servers, 9, 90, false, row -> row.summary() == null ? ""
                : row.summary().servers());
        column(layout, Messages.recordings_state, 9, 90, false, RecordingsView::state);
        ColumnViewerToolTipSupport.enableFor(viewer);
        ViewFont.apply(viewer.getTable(), ViewFont.TABLES, font -> {
            viewer.getTable().setFont(font);
            viewer.refresh();
        });
    }

    private void column(TableColumnLayout layout, String title, int weight, int least, boolean right,
            Function<Row, String> text) {
        var column = new TableViewerColumn(viewer, right ? SWT.RIGHT : SWT.LEFT);
        column.getColumn().setText(title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, least));
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((Row) element);
            }

            @Override
            public String getToolTipText(Object element) {
                var words = text.apply((Row) element);
                return words.isEmpty() ? null : words;
            }
        });
    }

    private void showPolicy() {
        var kept = Preferences.recordingsKept();
        policy.setText(NLS.bind(kept == 1 ? Messages.recordings_policyOne : Messages.recordings_policy,
                Integer.toString(kept), Integer.toString(Preferences.recordingMegabytes())));
        policy.requestLayout();
    }

    private void show(List<Row> rows) {
        if (!rows.equals(shown)) {
            var names = selected().stream().map(Row::file).toList();
            shown = rows;
            viewer.setInput(rows);
            viewer.setSelection(new StructuredSelection(rows.stream().filter(row -> names.contains(row.file()))
                    .toList()));
        }
    }

    /** What is selected, for the clipboard. */
    CopyAction copy() {
        return new CopyAction(() -> String.join("\n", selected().stream().map(RecordingsView::line).toList()));
    }

    private static String line(Row row) {
        return String.join("\t", name(row), begun(row), length(row), row.summary() == null ? "" : Long.toString(
                row.summary().events()), size(row.bytes()), row.summary() == null ? "" : row.summary().servers(),
                state(row));
    }

    private static String name(Row row) {
        return row.file() == null ? Messages.recordings_inMemory : row.name();
    }

    private static String state(Row row) {
        return !row.problem().isEmpty() ? row.problem() : row.live() ? Messages.recordings_live : "";
    }

    private static String begun(Row row) {
        var begun = row.summary() == null ? null : row.summary().begun();
        return begun == null ? "" : date(begun);
    }

    private static String date(Instant time) {
        return DATE.format(time.atZone(ZoneId.systemDefault()));
    }

    private static String length(Row row) {
        return row.summary() == null ? "" : length(row.summary().length());
    }

    private static String length(Duration length) {
        return String.format("%d:%02d:%02d", length.toHours(), length.toMinutesPart(), length.toSecondsPart());
    }

    private static String size(long bytes) {
        var number = NumberFormat.getInstance();
        number.setMaximumFractionDigits(1);
        return bytes < 1 << 20 ? NLS.bind(Messages.recordings_kib, number.format(bytes / 1024.0))
                : NLS.bind(Messages.recordings_mib, number.format(bytes / 1048576.0));
    }

    /** Looks at the files and the live recording now and then, as long as the view is there. */
    private final class Look extends Job {
        private final RecordingList list = new RecordingList();

        Look() {
            super(Messages.recordings_job);
            setSystem(true);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            try {
                var rows = list.rows(mailscope.server().recordingsFolder(), mailscope.server().ownRecording());
                var table = viewer.getTable();
                if (!table.isDisposed()) {
                    table.getDisplay().asyncExec(() -> {
                        if (!table.isDisposed()) {
                            show(rows);
                        }
                    });
                }
            } catch (IOException e) {
                Mailscope.log(e.getMessage(), e); // the next look may succeed
            }
            if (!disposed) {
                schedule(INTERVAL);
            }
            return Status.OK_STATUS;
        }
    }
}

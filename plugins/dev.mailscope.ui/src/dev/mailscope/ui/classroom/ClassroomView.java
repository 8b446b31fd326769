package dev.mailscope.ui.classroom;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.classroom.Attendance;
import dev.mailscope.server.classroom.Student;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.Turns;
import dev.mailscope.ui.ViewFont;

/** The class: what each student does, and the way to the trace of each. Shows no password. */
public final class ClassroomView extends ViewPart {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /**
     * A student, and what the trace tells of one.
     *
     * @param does what it tells; all zero before the first look
     */
    record Row(Student student, Attendance.Row does) {
    }

    private final Lesson lesson = Mailscope.get().lesson();
    private final Runnable lessonListener = this::lessonChanged;
    private final TraceFeed.Listener feedListener = batch -> look();
    private final Turns turns = new Turns();
    private TableViewer viewer;
    private Link line;
    private ClassroomActions actions;
    private Attendance attendance;
    private Lesson.Opened shown;
    private List<Row> rows = List.of();
    private boolean looking;
    private boolean again;

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        var all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(all);
        new LessonBanner(all);
        line = new Link(all, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 4).hint(200, SWT.DEFAULT).applyTo(line);
        ViewFont.apply(line, ViewFont.TABLES);
        var place = new Composite(all, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(place);
        createTable(place);
        actions = new ClassroomActions(this, viewer);
        actions.create(getViewSite().getActionBars());
        line.addListener(SWT.Selection, event -> actions.openToNetwork());
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(),
                new CopyAction(() -> String.join("\n", selected().stream().map(ClassroomView::text).toList())));
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        lesson.addListener(lessonListener);
        Mailscope.get().feed().addListener(feedListener);
        lessonChanged();
    }

    @Override
    public void setFocus() {
        viewer.getTable().setFocus();
    }

    @Override
    public void dispose() {
        lesson.removeListener(lessonListener);
        Mailscope.get().feed().removeListener(feedListener);
        super.dispose();
    }

    /** What is selected, from the first to the last. */
    @SuppressWarnings("unchecked")
    List<Row> selected() {
        return viewer.getStructuredSelection().toList();
    }

    /** All rows, each cell between tabs. */
    List<String> lines() {
        return rows.stream().map(ClassroomView::text).toList();
    }

    /** Its table. */
    TableViewer viewer() {
        return viewer;
    }

    private void createTable(Composite place) {
        var layout = new TableColumnLayout();
        place.setLayout(layout);
        viewer = new TableViewer(place, SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER);
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        for (var column : Column.values()) {
            column(layout, column);
        }
        ViewFont.apply(viewer.getTable(), ViewFont.TABLES, font -> {
            viewer.getTable().setFont(font);
            viewer.refresh();
        });
    }

    private void column(TableColumnLayout layout, Column as) {
        var column = new TableViewerColumn(viewer, as.right ? SWT.RIGHT : SWT.LEFT);
        column.getColumn().setText(as.title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(as.weight, as.weight * 8));
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return as.text.apply((Row) element);
            }
        });
    }

    private void lessonChanged() {
        var last = lesson.last().orElse(null);
        if (last != shown) {
            shown = last;
            var students = last.classroom().students();
            attendance = new Attendance(last.server().trace(), students.stream().map(Student::user).toList());
            show(attendanceOf(students));
            look();
        }
        var open = lesson.opened().isPresent();
        line.setText(open ? Messages.view_open : last == null ? Messages.view_none : Messages.view_closed);
        line.requestLayout();
        actions.enable();
    }

    private static List<Row> attendanceOf(List<Student> students) {
        return students.stream().map(student -> new Row(student,
                new Attendance.Row(student.user(), 0, "", "", 0, 0, 0))).toList();
    }

    /** Looks at what is new in the trace, in the background; what comes meanwhile is looked at after. */
    private void look() {
        var now = attendance;
        again = looking;
        if (now == null || looking || lesson.opened().isEmpty()) {
            return;
        }
        looking = true;
        var display = viewer.getTable().getDisplay(); // the view may be closed before the Job ends
        var job = Job.createSystem(Messages.view_looking, (ICoreRunnable) monitor -> {
            var found = new ArrayList<Attendance.Row>();
            try {
                found.addAll(now.rows());
            } finally {
                // Also when it failed, which the Job says: what comes next is looked at again.
                display.asyncExec(() -> looked(now, found));
            }
        });
        job.setRule(turns);
        job.schedule();
    }

    private void looked(Attendance of, List<Attendance.Row> found) {
        looking = false;
        if (viewer.getTable().isDisposed()) {
            return;
        }
        if (of == attendance && !found.isEmpty()) {
            var students = shown.classroom().students();
            var next = new ArrayList<Row>();
            for (var i = 0; i < students.size(); i++) {
                next.add(new Row(students.get(i), found.get(i)));
            }
            show(next);
        }
        if (again) {
            look();
        }
    }

    private void show(List<Row> next) {
        if (!next.equals(rows)) {
            var users = selected().stream().map(row -> row.student().user()).toList();
            rows = List.copyOf(next);
            viewer.setInput(rows);
            viewer.setSelection(new StructuredSelection(rows.stream()
                    .filter(row -> users.contains(row.student().user())).toList()));
        }
    }

    private static String text(Row row) {
        var cells = new ArrayList<String>();
        for (var column : Column.values()) {
            cells.add(column.text.apply(row));
        }
        return String.join("\t", cells);
    }

    private static String time(long micros) {
        return micros == 0 ? "" : TIME.format(Instant.ofEpochMilli(micros / 1_000).atZone(ZoneId.systemDefault()));
    }

    private static String number(long number) {
        return NumberFormat.getIntegerInstance().format(number);
    }

    /** What is told of each, in this order. */
    private enum Column {
        NAME(Messages.column_student, 12, false, row -> row.student().name()),
        USER(Messages.column_account, 9, false, row -> row.student().user()),
        SESSIONS(Messages.column_sessions, 8, true, row -> number(row.does().sessions())),
        PHASE(Messages.column_phase, 13, false, row -> row.does().phases()),
        COMMAND(Messages.column_command, 11, false, row -> row.does().command()),
        TIME_OF_IT(Messages.column_time, 8, false, row -> time(row.does().time())),
        FAILED(Messages.column_failed, 11, true, row -> number(row.does().failedLogins())),
        EVENTS(Messages.column_events, 7, true, row -> number(row.does().events()));

        private final String title;
        private final int weight;
        private final boolean right;
        private final Function<Row, String> text;

        Column(String title, int weight, boolean right, Function<Row, String> text) {
            this.title = title;
            this.weight = weight;
            this.right = right;
            this.text = text;
        }
    }
}

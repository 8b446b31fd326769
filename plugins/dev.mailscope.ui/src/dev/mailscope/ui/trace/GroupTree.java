package dev.mailscope.ui.trace;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.TreeColumnLayout;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

import dev.mailscope.server.analysis.Grouping;
import dev.mailscope.server.expression.EvaluationException;
import dev.mailscope.server.expression.Filter;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.ViewFont;

/** The trace as a tree: what each phase changed in each folder, or in each folder each phase. */
final class GroupTree extends Composite {
    private static final int PAGE = 4_000;
    private static final int PAUSE = 500;

    private final TreeViewer viewer;
    private GroupJob job;
    private boolean byFolder;

    GroupTree(Composite parent, LongConsumer selected) {
        super(parent, SWT.NONE);
        var layout = new TreeColumnLayout();
        setLayout(layout);
        viewer = new TreeViewer(this, SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        viewer.getTree().setHeaderVisible(true);
        viewer.setUseHashlookup(true);
        viewer.setContentProvider(new Content());
        column(layout, Messages.group_what, 80, GroupNode::text);
        column(layout, Messages.group_events, 20, GroupNode::events);
        ViewFont.apply(viewer.getTree(), ViewFont.TABLES, font -> {
            viewer.getTree().setFont(font);
            viewer.refresh();
        });
        viewer.addPostSelectionChangedListener(event -> {
            if (viewer.getTree().isFocusControl()
                    && event.getStructuredSelection().getFirstElement() instanceof GroupNode node) {
                selected.accept(node.event());
            }
        });
        addListener(SWT.Dispose, event -> close());
    }

    /** Groups that recording's events, by folder or by phase, from its oldest to its newest and on. */
    void show(Recording recording, Filter filter, boolean folders) {
        close();
        viewer.setInput(List.of());
        byFolder = folders;
        job = new GroupJob(recording, filter);
        job.schedule();
    }

    /** There are new events. */
    void extend() {
        if (job != null) {
            job.schedule(PAUSE);
        }
    }

    /** Ends the work in the background. */
    void close() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    /** What the tree shows, as text of one line each, for tests and the clipboard. */
    String text() {
        var out = new StringBuilder();
        if (viewer.getInput() instanceof List<?> nodes) {
            nodes.forEach(node -> append(out, (GroupNode) node, 0));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, GroupNode node, int depth) {
        out.append("  ".repeat(depth)).append(node.text()).append('\t').append(node.events()).append('\n');
        node.children().forEach(child -> append(out, child, depth + 1));
    }

    private void take(GroupJob from, List<GroupNode> nodes) {
        if (from != job || isDisposed()) {
            return;
        }
        var known = new HashSet<Object>(viewer.getInput() instanceof List<?> before ? before : List.of());
        var expanded = viewer.getExpandedElements();
        viewer.getTree().setRedraw(false);
        try {
            viewer.setInput(nodes);
            viewer.setExpandedElements(expanded);
            nodes.stream().filter(node -> !known.contains(node)).forEach(node -> viewer.setExpandedState(node, true));
        } finally {
            viewer.getTree().setRedraw(true);
        }
    }

    private void column(TreeColumnLayout layout, String title, int weight, Function<GroupNode, String> text) {
        var column = new TreeViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((GroupNode) element);
            }
        });
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight));
    }

    /** Reads on from where it stopped, and gives the groups so far to the viewer. */
    private final class GroupJob extends Job {
        private final Grouping grouping = new Grouping();
        private final Markings markings = new Markings();
        private final Recording recording;
        private final Predicate<TraceEvent> filter;
        private volatile boolean cancelled;
        private boolean ended;
        private long read;

        GroupJob(Recording recording, Filter filter) {
            super(Messages.job_group);
            this.recording = recording;
            this.filter = filter.on(recording, () -> cancelled);
            setSystem(true);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            while (!ended && !monitor.isCanceled()) {
                var events = recording.events(Math.max(read + 1, recording.first()), PAGE);
                if (events.isEmpty()) {
                    break;
                }
                try {
                    events.forEach(this::add);
                } catch (EvaluationException e) {
                    ended = true; // the rows, which are filtered alike, say why
                }
                read = events.getLast().number();
            }
            var nodes = byFolder ? GroupNode.byFolder(grouping.groups(), markings)
                    : GroupNode.byPhase(grouping.groups(), markings);
            if (!monitor.isCanceled() && !isDisposed()) {
                getDisplay().asyncExec(() -> take(this, nodes));
            }
            return Status.OK_STATUS;
        }

        @Override
        protected void canceling() {
            cancelled = true;
        }

        private void add(TraceEvent event) {
            var wanted = filter.test(event);
            markings.add(event, wanted);
            if (wanted) {
                grouping.add(event);
            }
        }
    }

    private static final class Content implements ITreeContentProvider {
        @Override
        public Object[] getElements(Object input) {
            return ((List<?>) input).toArray();
        }

        @Override
        public Object[] getChildren(Object parent) {
            return ((GroupNode) parent).children().toArray();
        }

        @Override
        public boolean hasChildren(Object element) {
            return !((GroupNode) element).children().isEmpty();
        }

        @Override
        public Object getParent(Object element) {
            return null;
        }
    }
}

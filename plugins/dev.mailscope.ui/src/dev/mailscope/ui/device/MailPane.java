package dev.mailscope.ui.device;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.ui.Icons;
import dev.mailscope.ui.Named;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/** A column of the view: a heading, a line or two below it, and a tree of folders and messages. */
final class MailPane extends Composite {
    // Three of them fit beside a lab on a usual screen.
    private static final int LEAST_WIDTH = 180;

    private final Label title;
    private final Label line;
    private final Composite buttons;
    private final TreeViewer tree;
    private final Set<String> seen = new HashSet<>();
    private List<Row> rows = List.of();

    MailPane(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(4, 4).spacing(4, 3).applyTo(this);
        title = new Label(this, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(title);
        line = new Label(this, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(LEAST_WIDTH, SWT.DEFAULT).applyTo(line);
        buttons = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(buttons);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(buttons);
        tree = new TreeViewer(this, SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER | SWT.V_SCROLL);
        GridDataFactory.fillDefaults().grab(true, true).hint(LEAST_WIDTH, 120).applyTo(tree.getControl());
        tree.setUseHashlookup(true);
        tree.setContentProvider(new Content());
        tree.getTree().setHeaderVisible(true);
        var tones = new Tones(tree.getTree());
        Theme.follow(tree.getTree(), tree::refresh);
        addColumn(Messages.column_mail, 0.6, new Labels(tones) {
            @Override
            public String getText(Object element) {
                return ((Row) element).name;
            }

            @Override
            public Image getImage(Object element) {
                return switch (((Row) element).kind) {
                    case FOLDER -> Icons.image("folder");
                    case MESSAGE -> Icons.image("message");
                    case MISSING -> null;
                };
            }
        });
        addColumn(Messages.column_state, 0.4, new Labels(tones) {
            @Override
            public String getText(Object element) {
                return ((Row) element).state;
            }
        });
        ColumnViewerToolTipSupport.enableFor(tree);
        tree.setInput(this);
        tree.getTree().addListener(SWT.Resize, event -> fit());
        ViewFont.apply(this, ViewFont.TABLES, this::applyFont);
        Named.name(tree.getTree(), () -> title.getText());
    }

    /** Where the buttons of the pane go. */
    Composite buttons() {
        return buttons;
    }

    String title() {
        return title.getText();
    }

    TreeViewer tree() {
        return tree;
    }

    /** What is chosen of what is there. */
    List<Row> chosen() {
        return Arrays.stream(tree.getStructuredSelection().toArray()).map(Row.class::cast)
                .filter(row -> row.kind != Row.Kind.MISSING).toList();
    }

    /** Opens folders with mail in them again: they are those of another server. */
    void forget() {
        seen.clear();
    }

    void show(String name, String below, List<Row> next) {
        title.setText(name);
        if (!below.equals(line.getText())) {
            line.setText(below);
            layout(true, true);
        }
        if (same(rows, next)) {
            return;
        }
        rows = next;
        tree.getTree().setRedraw(false);
        try {
            tree.refresh(true);
            for (var row : rows) {
                // Folders with mail in them are open the first time.
                if (!row.children.isEmpty() && seen.add(row.folder)) {
                    tree.setExpandedState(row, row.folder.equals(Folder.INBOX) || row.children.size() < 4);
                }
            }
        } finally {
            tree.getTree().setRedraw(true);
        }
    }

    private static boolean same(List<Row> one, List<Row> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (var i = 0; i < one.size(); i++) {
            var a = one.get(i);
            var b = other.get(i);
            if (!a.equals(b) || !a.name.equals(b.name) || !a.state.equals(b.state) || !same(a.children, b.children)) {
                return false;
            }
        }
        return true;
    }

    private void addColumn(String text, double share, Labels labels) {
        var column = new TreeViewerColumn(tree, SWT.NONE);
        column.getColumn().setText(text);
        column.getColumn().setData(share);
        column.setLabelProvider(labels);
    }

    private void fit() {
        var room = tree.getTree().getClientArea().width;
        for (var column : tree.getTree().getColumns()) {
            column.setWidth((int) (room * (double) column.getData()));
        }
    }

    private void applyFont(Font font) {
        title.setFont(JFaceResources.getFontRegistry().getBold(ViewFont.TABLES));
        line.setFont(font);
        tree.getTree().setFont(font);
        var least = (int) (LEAST_WIDTH * ViewFont.scale(this, ViewFont.TABLES));
        for (var control : List.of(line, tree.getControl())) {
            ((GridData) control.getLayoutData()).widthHint = least;
        }
        layout(true, true);
    }

    @Override
    public boolean setFocus() {
        return tree.getTree().setFocus();
    }

    /** What is not there is faint, what is out of step coloured; words say both, too. */
    private abstract static class Labels extends ColumnLabelProvider {
        private final Tones tones;

        Labels(Tones tones) {
            this.tones = tones;
        }

        @Override
        public Color getForeground(Object element) {
            var row = (Row) element;
            return row.kind == Row.Kind.MISSING ? tones.faint() : row.odd ? tones.of(Tone.CHANGE) : null;
        }

        @Override
        public String getToolTipText(Object element) {
            var row = (Row) element;
            return row.state.isEmpty() ? row.name : row.name + " (" + row.state + ")";
        }
    }

    private final class Content implements ITreeContentProvider {
        @Override
        public Object[] getElements(Object input) {
            return rows.toArray();
        }

        @Override
        public Object[] getChildren(Object parent) {
            return ((Row) parent).children.toArray();
        }

        @Override
        public Object getParent(Object element) {
            var row = (Row) element;
            return row.id == 0 ? null
                    : rows.stream().filter(folder -> folder.folder.equals(row.folder)).findFirst().orElse(null);
        }

        @Override
        public boolean hasChildren(Object element) {
            return !((Row) element).children.isEmpty();
        }
    }
}

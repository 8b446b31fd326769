package dev.mailscope.ui.server;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Tree;

import dev.mailscope.ui.server.MailLabels.Column;

/**
 * The widths of the tree's columns. In a narrow view the names give way, so that flags stay in sight, until the user
 * has made that column as wide as he likes it.
 */
final class MailColumns {
    private static final double LEAST = 0.8;

    private final Tree tree;
    private double scale = 1;
    private int given;

    /** Takes care of that tree, which has its columns already. */
    MailColumns(Tree tree) {
        this.tree = tree;
        tree.addListener(SWT.Resize, event -> fit());
    }

    /** Makes all columns so many times as wide as usual. */
    void scale(double times) {
        scale = times;
        for (var column : Column.values()) {
            tree.getColumn(column.ordinal()).setWidth(scaled(column));
        }
        given = tree.getColumn(0).getWidth();
        fit();
    }

    private void fit() {
        var names = tree.getColumn(Column.NAME.ordinal());
        if (names.getWidth() == given) {
            var room = tree.getClientArea().width - scaled(Column.NOW) - scaled(Column.COUNT) - scaled(Column.FLAGS);
            names.setWidth(Math.clamp(room, (int) (scaled(Column.NAME) * LEAST), scaled(Column.NAME)));
            given = names.getWidth();
        }
    }

    private int scaled(Column column) {
        return (int) Math.round(column.width * scale);
    }
}

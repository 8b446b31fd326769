package dev.mailscope.ui.server;

import java.util.Arrays;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Tree;

import dev.mailscope.ui.Widths;
import dev.mailscope.ui.server.MailLabels.Column;

/** Gives the tree's columns their {@link Widths}, and learns from the tree which the user has chosen. */
final class MailColumns {
    private final Tree tree;
    private final Widths widths = new Widths(Arrays.stream(Column.values()).mapToInt(c -> c.width).toArray(),
            Arrays.stream(Column.values()).mapToInt(c -> c.least).toArray());
    private boolean giving;

    /** Takes care of that tree, which has its columns already. */
    MailColumns(Tree tree, String saved) {
        this.tree = tree;
        widths.restore(saved);
        tree.addListener(SWT.Resize, event -> fit());
        for (var i = 0; i < widths.count(); i++) {
            var column = i;
            tree.getColumn(i).addListener(SWT.Resize, event -> resized(column));
        }
    }

    /** Makes all columns so many times as wide as usual. */
    void scale(double times) {
        widths.scale(times);
        fit();
    }

    /** What the user has chosen, for the next start. */
    String save() {
        return widths.save();
    }

    private void fit() {
        widths.fit(tree.getClientArea().width);
        giving = true;
        try {
            for (var i = 0; i < widths.count(); i++) {
                tree.getColumn(i).setWidth(widths.at(i));
            }
        } finally {
            giving = false;
        }
    }

    private void resized(int column) {
        var width = tree.getColumn(column).getWidth();
        if (!giving && width != widths.at(column)) {
            widths.choose(column, width);
        }
    }
}

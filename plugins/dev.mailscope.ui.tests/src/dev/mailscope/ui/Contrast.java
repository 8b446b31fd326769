package dev.mailscope.ui;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;

/** How well a text can be told from what is behind it: the contrast ratio of WCAG 2.1, from 1 to 21. */
public final class Contrast {
    private Contrast() {
    }

    /** The ratio of two colours. */
    public static double of(Color one, Color other) {
        var brighter = Math.max(luminance(one), luminance(other));
        var darker = Math.min(luminance(one), luminance(other));
        return (brighter + 0.05) / (darker + 0.05);
    }

    /** How bright a colour is, from 0 to 1. */
    public static double luminance(Color color) {
        RGB rgb = color.getRGB();
        return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue);
    }

    /** The visible texts in there whose contrast is below that, each with its ratio. On the UI thread. */
    public static List<String> below(double ratio, Composite root) {
        var found = new ArrayList<String>();
        for (var control : Robot.all(root, Control.class)) {
            switch (control) {
                case StyledText text -> styled(ratio, text, found);
                case Label label -> check(ratio, label.getForeground(), label.getBackground(), label.getText(), found);
                case Button button -> check(ratio, button.getForeground(), button.getBackground(), button.getText(),
                        found);
                case Text text -> check(ratio, text.getForeground(), text.getBackground(), text.getText(), found);
                case CTabFolder tabs -> {
                    // The workbench draws its own in another way.
                    if (tabs.getSelection() != null && tabs.getData("modelElement") == null) {
                        check(ratio, tabs.getSelectionForeground(), tabs.getSelectionBackground(),
                                tabs.getSelection().getText(), found);
                    }
                }
                case Table table -> {
                    for (var item : table.getItems()) {
                        for (var i = 0; i < Math.max(1, table.getColumnCount()); i++) {
                            check(ratio, item.getForeground(i), item.getBackground(i), item.getText(i), found);
                        }
                    }
                }
                case Tree tree -> {
                    for (var item : tree.getItems()) {
                        tree(ratio, item, found);
                    }
                }
                default -> {
                    // has no text of its own, or none that can be asked for
                }
            }
        }
        return found;
    }

    private static void styled(double ratio, StyledText text, List<String> found) {
        var all = text.getText();
        check(ratio, text.getForeground(), text.getBackground(), all, found);
        for (var style : text.getStyleRanges()) {
            var line = text.getLineBackground(text.getLineAtOffset(style.start));
            var behind = style.background != null ? style.background : line != null ? line : text.getBackground();
            check(ratio, style.foreground == null ? text.getForeground() : style.foreground, behind,
                    all.substring(style.start, style.start + style.length), found);
            if (style.underline && style.underlineColor != null) {
                check(ratio, style.underlineColor, behind, "underlined: " + all, found);
            }
        }
        for (var i = 0; i < text.getLineCount(); i++) {
            if (text.getLineBackground(i) != null) {
                check(ratio, text.getForeground(), text.getLineBackground(i), text.getLine(i), found);
            }
        }
    }

    private static void tree(double ratio, TreeItem item, List<String> found) {
        for (var i = 0; i < Math.max(1, item.getParent().getColumnCount()); i++) {
            check(ratio, item.getForeground(i), item.getBackground(i), item.getText(i), found);
        }
        if (item.getExpanded()) {
            for (var child : item.getItems()) {
                tree(ratio, child, found);
            }
        }
    }

    private static void check(double ratio, Color text, Color behind, String words, List<String> found) {
        if (!words.isBlank() && of(text, behind) < ratio) {
            found.add("%.1f: %s on %s: %s".formatted(of(text, behind), text.getRGB(), behind.getRGB(),
                    words.strip().lines().findFirst().orElse("")));
        }
    }

    private static double linear(int part) {
        var share = part / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}

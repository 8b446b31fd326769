package dev.mailscope.ui.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Display;

/**
 * The colours that rows can have: each a text on a background that go together, as the theme defines them. The user may
 * change them among the workbench's colours and fonts.
 */
public enum Palette {
    /** For what went wrong. */
    RED(Messages.palette_red),
    /** For what was held or broken on purpose. */
    ORANGE(Messages.palette_orange),
    /** For what changed. */
    YELLOW(Messages.palette_yellow),
    /** For what was told. */
    GREEN(Messages.palette_green),
    /** For what came in. */
    BLUE(Messages.palette_blue),
    /** For phases. */
    PURPLE(Messages.palette_purple),
    /** For what may be overlooked. */
    GREY(Messages.palette_grey);

    private static final String ID = "dev.mailscope.ui.rule.";
    private static final int SAMPLE = 14;

    private final String label;

    Palette(String label) {
        this.label = label;
    }

    /** The colour that a rule calls so; nothing when it is of a newer version, or was misspelt. */
    public static Optional<Palette> named(String name) {
        return Arrays.stream(values()).filter(colour -> colour.written().equals(name)).findFirst();
    }

    /** All names, as rules call them, between commas. */
    public static String names() {
        return String.join(", ", Arrays.stream(values()).map(Palette::written).toList());
    }

    /** How a rule calls it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the user reads. */
    public String label() {
        return label;
    }

    /** Behind the row. */
    public Color background() {
        return JFaceResources.getColorRegistry().get(ID + written());
    }

    /** The row's text. */
    public Color text() {
        return JFaceResources.getColorRegistry().get(ID + written() + ".text");
    }

    /** A square of it, to stand beside its name; who asks disposes it. */
    Image sample(Display display) {
        var data = new ImageData(SAMPLE, SAMPLE, 24, new PaletteData(0xff0000, 0xff00, 0xff));
        var back = data.palette.getPixel(background().getRGB());
        var front = data.palette.getPixel(text().getRGB());
        for (var y = 0; y < SAMPLE; y++) {
            for (var x = 0; x < SAMPLE; x++) {
                var edge = x == 0 || y == 0 || x == SAMPLE - 1 || y == SAMPLE - 1;
                data.setPixel(x, y, edge ? front : back);
            }
        }
        return new Image(display, data);
    }
}

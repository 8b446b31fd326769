package dev.mailscope.ui.lab;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GlyphMetrics;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Theme;
import dev.mailscope.ui.Tones;
import dev.mailscope.ui.ViewFont;

/**
 * Markdown on the screen, in the views' fonts and the theme's colours: read-only, can be selected, and its links be
 * followed with the mouse and with Enter.
 */
public final class MarkdownText {
    private static final double TITLE = 1.35;
    private static final double HEADING = 1.15;
    private static final int BESIDE = 2;

    private final StyledText text;
    private final Tones tones;
    private final ResourceManager resources;
    private final Map<String, Image> images = new HashMap<>();
    private Path folder;
    private Markdown shown = Markdown.of("", file -> false);

    /** A text that says nothing yet, as high as what it says. */
    MarkdownText(Composite parent) {
        this(parent, SWT.NONE);
    }

    /** A text that says nothing yet; the style may have it scroll. */
    public MarkdownText(Composite parent, int style) {
        text = new StyledText(parent, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | style);
        text.setMargins(BESIDE, BESIDE, BESIDE, BESIDE);
        text.setEditable(false);
        tones = new Tones(text);
        resources = new LocalResourceManager(JFaceResources.getResources(), text);
        ViewFont.apply(text, ViewFont.TABLES, font -> {
            text.setFont(font);
            style();
        });
        ViewFont.apply(text, ViewFont.OCTETS, font -> style());
        text.addListener(SWT.Traverse, event -> event.doit = true);
        text.addListener(SWT.MouseUp, this::click);
        text.addListener(SWT.MouseMove, event -> text.setCursor(linkAt(event).isEmpty() ? null
                : text.getDisplay().getSystemCursor(SWT.CURSOR_HAND)));
        text.addListener(SWT.KeyDown, this::key);
        text.addListener(SWT.Resize, event -> fitPictures());
        text.addListener(SWT.Dispose, event -> images.values().forEach(Image::dispose));
        text.addPaintObjectListener(event -> {
            var image = imageAt(event.style.start);
            if (image != null) {
                event.gc.drawImage(image, 0, 0, image.getBounds().width, image.getBounds().height, event.x,
                        event.y + event.ascent - event.style.metrics.ascent, event.style.metrics.width,
                        event.style.metrics.ascent);
            }
        });
        Theme.follow(text, this::style);
        text.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = words();
            }
        });
    }

    /** What it is drawn in. */
    public StyledText control() {
        return text;
    }

    /**
     * Shows that.
     *
     * @param within where its pictures are; null when it can have none
     */
    public void show(String markdown, Path within) {
        folder = within;
        shown = Markdown.of(markdown, file -> image(file) != null);
        text.setText(shown.text());
        style();
    }

    /** What is said, with words in place of pictures. */
    public String words() {
        var words = new StringBuilder(shown.text());
        for (var i = shown.pictures().size() - 1; i >= 0; i--) {
            var picture = shown.pictures().get(i);
            words.replace(picture.at(), picture.at() + 1, picture.words());
        }
        return words.toString();
    }

    private void style() {
        if (text.isDisposed()) {
            return;
        }
        var ranges = new ArrayList<StyleRange>();
        shown.spans().forEach(span -> ranges.add(style(span)));
        shown.pictures().forEach(picture -> ranges.add(style(picture)));
        ranges.sort((a, b) -> Integer.compare(a.start, b.start));
        text.setStyleRanges(ranges.toArray(StyleRange[]::new));
        var unit = Math.max(8, text.getLineHeight());
        for (var i = 0; i < shown.lines().size(); i++) {
            var line = shown.lines().get(i);
            var indent = line.level() * unit + (line.code() ? unit / 2 : 0);
            text.setLineVerticalIndent(i, line.apart() ? unit / 2 : 0);
            text.setLineIndent(i, 1, indent);
            text.setLineWrapIndent(i, 1, indent + (line.marked() > 0 ? unit * 3 / 4 : 0));
            if (line.code()) {
                text.setLineBackground(i, 1, tones.header());
            } else if (line.quoted()) {
                text.setLineBackground(i, 1, tones.stripe());
            }
        }
        text.requestLayout();
    }

    private StyleRange style(Markdown.Span span) {
        var style = new StyleRange();
        style.start = span.start();
        style.length = span.length();
        style.font = font(span);
        if (span.looks().contains(Markdown.Look.CODE)) {
            style.background = tones.header();
        }
        if (span.looks().contains(Markdown.Look.LINK)) {
            style.underline = true;
            style.underlineStyle = SWT.UNDERLINE_LINK;
            style.foreground = text.getDisplay().getSystemColor(SWT.COLOR_LINK_FOREGROUND);
            style.data = span.to();
        }
        return style;
    }

    private Font font(Markdown.Span span) {
        var looks = span.looks();
        var code = looks.contains(Markdown.Look.CODE);
        var base = JFaceResources.getFont(code ? ViewFont.OCTETS : ViewFont.TABLES);
        var title = looks.contains(Markdown.Look.TITLE);
        var heading = looks.contains(Markdown.Look.HEADING);
        var style = SWT.NORMAL | (looks.contains(Markdown.Look.BOLD) || title || heading ? SWT.BOLD : 0)
                | (looks.contains(Markdown.Look.ITALIC) ? SWT.ITALIC : 0);
        var height = base.getFontData()[0].getHeight();
        // Who has chosen a large font for reading wants to read code, too.
        height = Math.max(height, JFaceResources.getFont(ViewFont.TABLES).getFontData()[0].getHeight());
        var scaled = (int) Math.round(height * (title ? TITLE : heading ? HEADING : 1));
        return style == SWT.NORMAL && !code ? null
                : resources.create(FontDescriptor.createFrom(base).setStyle(style).setHeight(scaled));
    }

    private StyleRange style(Markdown.Picture picture) {
        var style = new StyleRange();
        style.start = picture.at();
        style.length = 1;
        var image = image(picture.file());
        if (image != null) {
            var bounds = image.getBounds();
            var room = Math.max(40, text.getClientArea().width - 4 * BESIDE);
            var width = Math.min(bounds.width, text.getClientArea().width == 0 ? bounds.width : room);
            style.metrics = new GlyphMetrics(bounds.height * width / Math.max(1, bounds.width), 0, width);
        }
        return style;
    }

    private void fitPictures() {
        shown.pictures().forEach(picture -> text.setStyleRange(style(picture)));
    }

    private Image imageAt(int offset) {
        return shown.pictures().stream().filter(picture -> picture.at() == offset)
                .map(picture -> image(picture.file())).findFirst().orElse(null);
    }

    private Image image(String name) {
        if (!images.containsKey(name)) {
            try {
                // The parser has made sure that it is in the folder; a link may have come since.
                var root = folder == null ? null : folder.toRealPath();
                var file = root == null ? null : root.resolve(name).toRealPath();
                images.put(name, file == null || !file.startsWith(root) ? null
                        : new Image(text.getDisplay(), new ImageData(file.toString())));
            } catch (IOException | InvalidPathException | SWTException e) {
                Mailscope.log(name + ": " + e.getMessage(), e);
                images.put(name, null);
            }
        }
        return images.get(name);
    }

    private String linkAt(Event event) {
        var offset = text.getOffsetAtPoint(new Point(event.x, event.y));
        return offset < 0 ? "" : linkAt(offset);
    }

    private String linkAt(int offset) {
        return shown.spans().stream()
                .filter(span -> !span.to().isEmpty() && offset >= span.start() && offset < span.start() + span.length())
                .map(Markdown.Span::to).findFirst().orElse("");
    }

    private void click(Event event) {
        if (event.button == 1 && text.getSelectionCount() == 0) {
            follow(linkAt(event));
        }
    }

    private void key(Event event) {
        if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) {
            var links = links();
            follow(linkAt(text.getCaretOffset()).isEmpty() && links.size() == 1 ? links.getFirst()
                    : linkAt(text.getCaretOffset()));
        }
    }

    private List<String> links() {
        return shown.spans().stream().map(Markdown.Span::to).filter(to -> !to.isEmpty()).distinct().toList();
    }

    private static void follow(String to) {
        if (to.matches("(?i)(https?|mailto):.*")) {
            Program.launch(to);
        }
    }
}

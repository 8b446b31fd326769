package dev.mailscope.ui.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;

import dev.mailscope.server.expression.ColouringRule;
import dev.mailscope.server.expression.RuleCodec;
import dev.mailscope.server.expression.SavedFilter;
import dev.mailscope.ui.Mailscope;

/**
 * The filters and colouring rules that the user keeps, as preferences; and the filters used last, which nothing keeps,
 * since a user may look for a password with one. Used on the UI thread.
 */
public final class SavedRules {
    /** The preference that holds the filters, as {@link RuleCodec} writes them. */
    public static final String FILTERS = "trace.filters";
    /** The preference that holds the colouring rules, as {@link RuleCodec} writes them. */
    public static final String COLOURS = "trace.colours";

    private static final int MOST_RECENT = 10;

    private final Deque<String> recent = new ArrayDeque<>();

    /** The filters that are there before the user has saved any. */
    public static List<SavedFilter> shippedFilters() {
        return List.of(new SavedFilter(Messages.shipped_changes, "kind == 'state' || kind == 'marked'"),
                new SavedFilter(Messages.shipped_errors,
                        "kind == 'rejected' || status =~ ['NO', 'BAD', '-ERR']"),
                new SavedFilter(Messages.shipped_told, "kind == 'told'"),
                new SavedFilter(Messages.shipped_commands, "kind =~ ['command', 'rejected']"),
                new SavedFilter(Messages.shipped_gone, "kind == 'state' && contains(line, 'message deleted')"
                        + " || kind == 'told' && contains(line, 'gone')"),
                new SavedFilter(Messages.shipped_large, "size > 10000"));
    }

    /** The rules that are there before the user has made any. */
    public static List<ColouringRule> shippedColours() {
        return List.of(rule(Messages.shipped_errors, "kind == 'rejected' || status =~ ['NO', 'BAD', '-ERR']",
                Palette.RED, true),
                rule(Messages.shipped_held, "kind =~ ['held', 'released', 'fault', 'replaced']", Palette.ORANGE, true),
                rule(Messages.shipped_changes, "kind == 'state' || kind == 'marked'", Palette.YELLOW, true),
                rule(Messages.shipped_told, "kind == 'told'", Palette.GREEN, true),
                rule(Messages.shipped_phases, "kind =~ ['phase', 'connected', 'closed', 'tls', 'compression']",
                        Palette.PURPLE, false));
    }

    /** The saved filters, in the user's order. Those shipped when what is kept cannot be read. */
    public List<SavedFilter> filters() {
        return read(FILTERS, RuleCodec::readFilters, shippedFilters());
    }

    /** The colouring rules, in the user's order. Those shipped when what is kept cannot be read. */
    public List<ColouringRule> colours() {
        return read(COLOURS, RuleCodec::readColours, shippedColours());
    }

    /** Keeps these filters instead of those that were kept. */
    public void keepFilters(List<SavedFilter> filters) {
        store().setValue(FILTERS, RuleCodec.writeFilters(filters));
    }

    /** Keeps these rules instead of those that were kept. */
    public void keepColours(List<ColouringRule> rules) {
        store().setValue(COLOURS, RuleCodec.writeColours(rules));
    }

    /** The texts filtered by last, the newest first. */
    public List<String> recent() {
        return List.copyOf(recent);
    }

    /** That text was filtered by. */
    public void used(String text) {
        if (!text.isBlank()) {
            recent.remove(text);
            recent.addFirst(text);
            while (recent.size() > MOST_RECENT) {
                recent.removeLast();
            }
        }
    }

    /** Runs that, on the UI thread, whenever the colouring rules have become others, until the control is disposed. */
    public void onColours(Control owner, Runnable changed) {
        IPropertyChangeListener listener = event -> {
            if (event.getProperty().equals(COLOURS) && !owner.isDisposed()) {
                owner.getDisplay().asyncExec(() -> {
                    if (!owner.isDisposed()) {
                        changed.run();
                    }
                });
            }
        };
        store().addPropertyChangeListener(listener);
        owner.addListener(SWT.Dispose, event -> store().removePropertyChangeListener(listener));
    }

    private static ColouringRule rule(String name, String expression, Palette colour, boolean enabled) {
        return new ColouringRule(name, expression, colour.written(), enabled);
    }

    private static <T> List<T> read(String name, Function<String, List<T>> reader, List<T> shipped) {
        try {
            return reader.apply(store().getString(name));
        } catch (IllegalArgumentException e) {
            Mailscope.log("The preference " + name + " cannot be read: " + e.getMessage(), e);
            return shipped;
        }
    }

    private static IPreferenceStore store() {
        return Mailscope.get().getPreferenceStore();
    }
}

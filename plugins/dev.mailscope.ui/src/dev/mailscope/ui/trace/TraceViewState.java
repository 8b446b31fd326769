package dev.mailscope.ui.trace;

import java.util.OptionalLong;

import org.eclipse.ui.IMemento;

import dev.mailscope.server.expression.Filter;

/**
 * What the view remembers over a restart. The filter's text is not kept, since a user may look for a password with it,
 * nor its session, since sessions have other numbers next time.
 *
 * @param columns     the widths of the columns; null for the usual ones
 * @param beside      true when the details are beside the table
 * @param detailShare the share of the details, in percent
 * @param filter      the filter
 */
record TraceViewState(String columns, boolean beside, int detailShare, Filter filter) {
    private static final String COLUMNS = "columns";
    private static final String BESIDE = "details.beside";
    private static final String SHARE = "details.share";
    private static final String FOLDER = "filter.folder";
    private static final String PHASE = "filter.phase";
    private static final int USUAL_SHARE = 40;

    /** What was saved; the usual when the memento is null. */
    static TraceViewState of(IMemento memento) {
        if (memento == null) {
            return new TraceViewState(null, true, USUAL_SHARE, Filter.ALL);
        }
        var beside = memento.getBoolean(BESIDE);
        var share = memento.getInteger(SHARE);
        return new TraceViewState(memento.getString(COLUMNS), beside == null || beside,
                share == null ? USUAL_SHARE : Math.clamp(share, 5, 95),
                new Filter("", OptionalLong.empty(), text(memento, FOLDER), text(memento, PHASE), ""));
    }

    void save(IMemento memento) {
        memento.putString(COLUMNS, columns);
        memento.putBoolean(BESIDE, beside);
        memento.putInteger(SHARE, detailShare);
        memento.putString(FOLDER, filter.folder());
        memento.putString(PHASE, filter.phase());
    }

    private static String text(IMemento memento, String key) {
        var text = memento.getString(key);
        return text == null ? "" : text;
    }
}

package dev.mailscope.ui.device;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;

import dev.mailscope.lab.device.Ledger;
import dev.mailscope.ui.ViewFont;

/** What each synchronisation of each device has cost, so that ways to do it can be compared. */
final class LedgerTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(
            ZoneId.systemDefault());

    /** One entry, and whose it is. */
    private record Entry(String device, Ledger ledger) {
    }

    private enum Column {
        DEVICE(Messages.ledger_device, 90, Entry::device),
        TIME(Messages.ledger_time, 76, entry -> LedgerTable.TIME.format(entry.ledger.when())),
        METHOD(Messages.ledger_method, 190, entry -> entry.ledger.method()),
        TRIPS(Messages.ledger_trips, 94, entry -> number(entry.ledger.roundTrips())),
        UP(Messages.ledger_up, 90, entry -> number(entry.ledger.up())),
        DOWN(Messages.ledger_down, 110, entry -> number(entry.ledger.down())),
        NEW(Messages.ledger_new, 60, entry -> number(entry.ledger.fetched())),
        CHANGED(Messages.ledger_changed, 76, entry -> number(entry.ledger.changed())),
        GONE(Messages.ledger_gone, 60, entry -> number(entry.ledger.removed())),
        DONE(Messages.ledger_done, 90, entry -> number(entry.ledger.sent())),
        CONNECTIONS(Messages.ledger_connections, 100, entry -> number(entry.ledger.connections()));

        final String title;
        final int width;
        final Function<Entry, String> text;

        Column(String title, int width, Function<Entry, String> text) {
            this.title = title;
            this.width = width;
            this.text = text;
        }

        private static String number(long value) {
            return String.format("%,d", value);
        }
    }

    private final TableViewer viewer;
    private List<Entry> shown = List.of();

    LedgerTable(Composite parent) {
        viewer = new TableViewer(parent, SWT.FULL_SELECTION | SWT.BORDER | SWT.H_SCROLL | SWT.V_SCROLL);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        viewer.getTable().setHeaderVisible(true);
        for (var column : Column.values()) {
            var numbers = column.ordinal() > Column.METHOD.ordinal();
            var made = new TableViewerColumn(viewer, numbers ? SWT.RIGHT : SWT.LEFT);
            made.getColumn().setText(column.title);
            made.getColumn().setToolTipText(column.title);
            made.getColumn().setWidth((int) (column.width * ViewFont.scale(parent, ViewFont.TABLES)));
            made.setLabelProvider(new ColumnLabelProvider() {
                @Override
                public String getText(Object element) {
                    return column.text.apply((Entry) element);
                }
            });
        }
        ViewFont.apply(viewer.getTable(), ViewFont.TABLES, font -> {
            viewer.getTable().setFont(font);
            viewer.refresh();
        });
    }

    Table table() {
        return viewer.getTable();
    }

    /** Shows what these devices' synchronisations have cost, the newest first. */
    void show(List<Agent> agents) {
        var entries = new ArrayList<Entry>();
        for (var agent : agents) {
            agent.device().ledgers().forEach(ledger -> entries.add(new Entry(agent.device().name(), ledger)));
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.ledger.when()).reversed());
        if (!entries.equals(shown)) {
            shown = List.copyOf(entries);
            viewer.setInput(shown);
        }
    }
}

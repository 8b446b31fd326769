package dev.mailscope.server.expression;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** The values that have occurred in a recording, for proposals. For one thread. */
public final class Known {
    // Who renames folders in a loop shall not fill the memory with names to propose.
    private static final int MOST = 2_000;

    private final NavigableSet<Long> sessions = new TreeSet<>();
    private final NavigableSet<String> folders = new TreeSet<>();
    private final NavigableSet<String> phases = new TreeSet<>();
    private final NavigableSet<String> commands = new TreeSet<>();
    private final NavigableSet<String> accounts = new TreeSet<>();
    private final NavigableSet<String> devices = new TreeSet<>();

    /** Takes what occurs in these events. */
    public void add(Collection<TraceEvent> events) {
        for (var event : events) {
            add(sessions, event.session());
            add(phases, event.phase());
            add(commands, event.command());
            add(folders, event.folder());
            if (event.what() instanceof What.Device device) {
                add(devices, device.name());
            }
            if (event.what() instanceof What.StateChanged || event.what() instanceof What.ViewOpened) {
                Columns.folders(event).forEach(name -> add(folders, name));
                Columns.accounts(event).forEach(name -> add(accounts, name));
            }
        }
    }

    /** Takes names that may occur. */
    public void add(Collection<String> moreAccounts, Collection<String> moreFolders, Collection<String> moreDevices) {
        moreAccounts.forEach(name -> add(accounts, name));
        moreFolders.forEach(name -> add(folders, name));
        moreDevices.forEach(name -> add(devices, name));
    }

    /** What that variable has been, as an expression writes it. */
    List<String> valuesOf(Variable variable) {
        return switch (variable) {
            case SESSION -> numbers();
            case FOLDER -> quoted(folders);
            case PHASE -> quoted(phases);
            case COMMAND -> quoted(commands);
            case ACCOUNT, USER -> quoted(accounts);
            case PROTOCOL, KIND, DIRECTION, STATUS -> quoted(variable.knownValues());
            case FLAGS -> quoted(Flags.systemNames());
            case NUMBER, TIME, TAG, SIZE, TEXT, LINE, UID, CAUSE, NOTE -> List.of();
        };
    }

    /** The names of the devices, as an expression writes them. */
    List<String> devices() {
        return quoted(devices);
    }

    private List<String> numbers() {
        return sessions.stream().map(number -> Long.toString(number)).toList();
    }

    private static List<String> quoted(Collection<String> values) {
        return values.stream().map(PlainText::quoted).toList();
    }

    private static <T> void add(NavigableSet<T> values, T value) {
        if (!value.equals("") && values.size() < MOST) {
            values.add(value);
        }
    }
}

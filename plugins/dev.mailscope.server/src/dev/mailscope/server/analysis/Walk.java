package dev.mailscope.server.analysis;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Walks through a recording, forwards and backwards, from one event of interest to the next. */
public final class Walk {
    /** How far one step goes. */
    public enum Stride implements Predicate<TraceEvent> {
        /** To the neighbouring event. */
        EVENT {
            @Override
            public boolean test(TraceEvent event) {
                return true;
            }
        },
        /** To the answer that ends a command: what the command did has then been done. */
        COMMAND {
            @Override
            public boolean test(TraceEvent event) {
                return event.what() instanceof What.Response(var octets) && !event.command().isEmpty()
                        && Completion.of(event.protocol(), octets).ends();
            }
        },
        /** To where a session entered a phase, connected or was closed. */
        PHASE {
            @Override
            public boolean test(TraceEvent event) {
                return event.what() instanceof What.PhaseChanged || event.what() instanceof What.Connected
                        || event.what() instanceof What.Closed;
            }
        },
        /** To where something changed: the server's state, or a mark in a POP3 session. */
        CHANGE {
            @Override
            public boolean test(TraceEvent event) {
                return event.what() instanceof What.StateChanged || event.what() instanceof What.Marked;
            }
        }
    }

    /** Which way it goes. */
    public enum Direction {
        /** Towards the newest event. */
        FORWARDS,
        /** Towards the first event. */
        BACKWARDS
    }

    private static final int PAGE = 1_024;

    private Walk() {
    }

    /**
     * The nearest event, apart from the one it starts at, that is wanted.
     *
     * @param from      the event it starts at; it need not exist
     * @param cancelled is asked now and then; once it says true, nothing is found
     * @return its number; empty when there is none that way
     */
    public static OptionalLong find(Recording recording, long from, Direction direction, Predicate<TraceEvent> wanted,
            BooleanSupplier cancelled) {
        return direction == Direction.FORWARDS ? next(recording, from, wanted, cancelled)
                : previous(recording, from, wanted, cancelled);
    }

    /** True for every event in which something in that folder, or the folder itself, changed. */
    public static Predicate<TraceEvent> changesOf(String account, long folderId) {
        return changes(change -> change instanceof Change.OfFolder c && c.folderId() == folderId
                && c.account().equals(account));
    }

    /** True for every event in which that message came, changed or went. */
    public static Predicate<TraceEvent> changesOf(String account, long folderId, long uid) {
        return changes(change -> change instanceof Change.OfMessage c && c.uid() == uid && c.folderId() == folderId
                && c.account().equals(account));
    }

    private static Predicate<TraceEvent> changes(Predicate<Change> wanted) {
        return event -> event.what() instanceof What.StateChanged(var version, var changes)
                && changes.stream().anyMatch(wanted);
    }

    private static OptionalLong next(Recording recording, long from, Predicate<TraceEvent> wanted,
            BooleanSupplier cancelled) {
        for (var at = Math.max(from + 1, recording.first()); !cancelled.getAsBoolean();) {
            var events = recording.events(at, PAGE);
            for (var event : events) {
                if (wanted.test(event)) {
                    return OptionalLong.of(event.number());
                }
            }
            if (events.isEmpty()) {
                break;
            }
            at = events.getLast().number() + 1;
        }
        return OptionalLong.empty();
    }

    private static OptionalLong previous(Recording recording, long from, Predicate<TraceEvent> wanted,
            BooleanSupplier cancelled) {
        var first = recording.first();
        for (var end = Math.min(from, recording.last() + 1); end > first && !cancelled.getAsBoolean();) {
            var start = Math.max(first, end - PAGE);
            for (var event : recording.events(start, (int) (end - start)).reversed()) {
                // What is damaged is left out, so that a page may reach beyond its end.
                if (event.number() < end && wanted.test(event)) {
                    return OptionalLong.of(event.number());
                }
            }
            end = start;
        }
        return OptionalLong.empty();
    }
}

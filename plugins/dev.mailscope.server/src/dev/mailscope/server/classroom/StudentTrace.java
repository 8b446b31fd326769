package dev.mailscope.server.classroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingLimits;
import dev.mailscope.server.trace.SessionUsers;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * The part of a recording that is one user's: the sessions in which that user has logged in, each from its beginning,
 * and what changed in the account, with the account's mail alone. Events get new numbers; notes are left out.
 */
public final class StudentTrace {
    private static final int PAGE = 1_024;

    private final Recording from;
    private final String user;
    private final Recording to;
    private final SessionUsers users;
    private final Map<Long, Long> numbers = new HashMap<>();
    // Mail that has come by SMTP, until it is known for whom.
    private final Map<Long, TraceEvent> deliveries = new HashMap<>();

    private StudentTrace(Recording from, String user, Recording to) {
        this.from = from;
        this.user = user;
        this.to = to;
        this.users = new SessionUsers(from, () -> { });
    }

    /**
     * Writes it to a file, replacing what was there: beside its place first, so that what fails or is called off leaves
     * everything as it was. IOException, naming the file, when it cannot be written; CancellationException when the
     * progress called it off.
     */
    public static void write(Recording from, String user, Path file, Progress progress)
            throws IOException {
        var place = file.toAbsolutePath();
        if (place.getParent() == null || !Files.isDirectory(place.getParent())) {
            throw new IOException(file + " cannot be written: its folder does not exist");
        }
        var beside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
        var first = from.first();
        try {
            var start = from.at(first - 1).server().only(user);
            var to = Recording.create(beside, RecordingLimits.DEFAULT.withBytes(Long.MAX_VALUE), start);
            try {
                new StudentTrace(from, user, to).run(first, progress);
            } finally {
                to.close();
            }
            if (!to.status().reason().isEmpty()) {
                throw new IOException(file + " cannot be written: " + to.status().reason());
            }
            Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void run(long first, Progress progress) {
        var last = from.last();
        for (var next = first; next <= last;) {
            if (!progress.goOn(next - first, last - first + 1)) {
                throw new CancellationException("The copy was called off.");
            }
            var events = from.events(next, (int) Math.min(PAGE, last - next + 1));
            if (events.isEmpty()) {
                return;
            }
            events.forEach(this::take);
            next = events.getLast().number() + 1;
        }
    }

    private void take(TraceEvent event) {
        switch (event.what()) {
            case What.StateChanged(var version, var changes) -> {
                var own = changes.stream().filter(change -> change.account().equals(user)).toList();
                if (!own.isEmpty()) {
                    var delivery = deliveries.remove(event.cause());
                    if (delivery != null) {
                        put(delivery, delivery.what());
                    }
                    put(event, new What.StateChanged(version, own));
                }
            }
            case What.Delivery delivery -> {
                deliveries.clear(); // who had no change of its own was refused
                deliveries.put(event.number(), event);
            }
            case What.Sent(var octets, var begin, var end) when isOwn(event) ->
                put(event, new What.Sent(octets, number(begin), number(end)));
            case What what -> {
                if (isOwn(event)) {
                    put(event, what);
                }
            }
        }
    }

    private boolean isOwn(TraceEvent event) {
        return users.of(event.session()).equals(user);
    }

    private long number(long old) {
        return numbers.getOrDefault(old, 0L);
    }

    private void put(TraceEvent event, What what) {
        to.awaitRoom();
        numbers.put(event.number(), to.recordAt(event.time(), event.session(), event.protocol(),
                number(event.cause()), event.phase(), event.folder(), event.command(), what));
    }
}

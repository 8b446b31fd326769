package dev.mailscope.ui.device;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.pcollections.TreePMap;

import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.device.LocalFolder;
import dev.mailscope.lab.device.LocalMessage;
import dev.mailscope.lab.device.OutOfStep;
import dev.mailscope.lab.device.Timeline;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.message.Summary;
import dev.mailscope.ui.Counted;

/**
 * A line of a device's mail, or of the server's: a folder with the messages in it, or a message. Two rows are equal
 * when they stand for the same, whatever they say of it.
 */
final class Row {
    /** The most messages of one folder that are listed. */
    private static final int MOST = 500;
    private static final int REMEMBERED = 4_000;
    // Sender and subject by a content's id or octets; on the UI thread only.
    private static final Map<Object, String> SUBJECTS = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What a row stands for. */
    enum Kind {
        /** A folder. */
        FOLDER,
        /** A message. */
        MESSAGE,
        /** A folder or message that is on the server and not on the device. */
        MISSING
    }

    final Kind kind;
    final String folder;
    /** The message's number; 0 for a folder. */
    final long id;
    final String name;
    final String state;
    /** True when it is out of step with the server. */
    final boolean odd;
    final List<Row> children;

    private Row(Kind kind, String folder, long id, String name, String state, boolean odd, List<Row> children) {
        this.kind = kind;
        this.folder = folder;
        this.id = id;
        this.name = name;
        this.state = state;
        this.odd = odd;
        this.children = List.copyOf(children);
    }

    /** The mail of an account on the server. */
    static List<Row> of(Account account) {
        var rows = new ArrayList<Row>();
        for (var folder : account.folders().values()) {
            var children = new ArrayList<Row>();
            for (var message : newest(folder.messages())) {
                children.add(new Row(Kind.MESSAGE, folder.name(), message.uid(), subject(message),
                        flags(message.flags()), false, List.of()));
            }
            older(folder.name(), folder.size(), children);
            rows.add(new Row(Kind.FOLDER, folder.name(), 0, folder.name(), Integer.toString(folder.size()), false,
                    children));
        }
        return inOrder(rows);
    }

    /** The mail of a device, with what is out of step with the account on the server; null when that is gone. */
    static List<Row> of(Device device, Timeline.Snapshot then, Account account) {
        var marks = new HashMap<String, Map<Long, List<String>>>();
        var missing = new HashMap<String, List<Long>>();
        if (account != null) {
            for (var mark : OutOfStep.of(device, then.copy(), account)) {
                if (mark.kind() == OutOfStep.Kind.MISSING_HERE) {
                    missing.computeIfAbsent(mark.folder(), name -> new ArrayList<>()).add(mark.id());
                } else {
                    marks.computeIfAbsent(mark.folder(), name -> new HashMap<>())
                            .computeIfAbsent(mark.id(), id -> new ArrayList<>()).add(words(mark.kind()));
                }
            }
        }
        var rows = new ArrayList<Row>();
        for (var folder : then.copy().folders().values()) {
            rows.add(folder(folder, marks.getOrDefault(folder.name(), Map.of()),
                    missing.getOrDefault(folder.name(), List.of()), account));
        }
        missing.forEach((name, ids) -> {
            if (then.copy().folder(name).isEmpty()) {
                rows.add(new Row(Kind.MISSING, name, 0, name, Messages.mark_missing, true, List.of()));
            }
        });
        return inOrder(rows);
    }

    private static Row folder(LocalFolder folder, Map<Long, List<String>> marks, List<Long> missing, Account account) {
        var children = new ArrayList<Row>();
        for (var message : newest(folder.messages())) {
            children.add(message(folder, message, marks.getOrDefault(message.id(), List.of())));
        }
        for (var uid : missing.subList(Math.max(0, missing.size() - MOST), missing.size())) {
            account.folder(folder.name()).map(there -> there.message(uid)).ifPresent(message -> children.add(new Row(
                    Kind.MISSING, folder.name(), uid, subject(message), Messages.mark_missing, true, List.of())));
        }
        older(folder.name(), folder.messages().size(), children);
        var own = marks.getOrDefault(0L, List.of());
        var state = new ArrayList<String>();
        state.add(Integer.toString(folder.messages().size()));
        state.addAll(own);
        return new Row(Kind.FOLDER, folder.name(), 0, folder.name(), String.join(" · ", state), !own.isEmpty(),
                children);
    }

    private static Row message(LocalFolder folder, LocalMessage message, List<String> marks) {
        var state = new ArrayList<String>();
        if (!message.flags().isEmpty()) {
            state.add(flags(message.flags()));
        }
        if (message.id() < 0) {
            state.add(Messages.mark_waits);
        }
        state.addAll(marks);
        return new Row(Kind.MESSAGE, folder.name(), message.id(),
                SUBJECTS.computeIfAbsent(message.octets(), octets -> subject(message.summary())),
                String.join(" · ", state), !marks.isEmpty(), List.of());
    }

    private static <M> List<M> newest(TreePMap<Long, M> messages) {
        return messages.descendingMap().values().stream().limit(MOST).toList().reversed();
    }

    private static void older(String folder, int size, List<Row> rows) {
        if (size > MOST) {
            rows.addFirst(new Row(Kind.MISSING, folder, 0, Counted.text(Messages.mail_older, size - MOST), "", false,
                    List.of()));
        }
    }

    private static String words(OutOfStep.Kind kind) {
        return switch (kind) {
            case ONLY_HERE -> Messages.mark_onlyHere;
            case MISSING_HERE -> Messages.mark_missing;
            case STALE_FLAGS -> Messages.mark_stale;
            case DUPLICATE -> Messages.mark_twice;
        };
    }

    private static String subject(Message message) {
        return SUBJECTS.computeIfAbsent(message.content().id(), id -> {
            try {
                return subject(Summary.of(message.content()));
            } catch (UncheckedIOException e) {
                return Messages.mail_unreadable;
            }
        });
    }

    private static String subject(Summary summary) {
        var subject = summary.subject().isBlank() ? Messages.mail_noSubject : summary.subject();
        return summary.sender().isBlank() ? subject : summary.sender() + ": " + subject;
    }

    private static String flags(Flags flags) {
        return String.join(" ", new TreeSet<>(flags.names()));
    }

    private static List<Row> inOrder(List<Row> rows) {
        rows.sort(Comparator.comparing((Row row) -> !row.folder.equals(Folder.INBOX)).thenComparing(row -> row.folder));
        return List.copyOf(rows);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that && id == that.id && folder.equals(that.folder)
                && (kind == Kind.MISSING) == (that.kind == Kind.MISSING);
    }

    @Override
    public int hashCode() {
        return Objects.hash(folder, id);
    }
}

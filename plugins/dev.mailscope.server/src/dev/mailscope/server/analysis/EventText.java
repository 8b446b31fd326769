package dev.mailscope.server.analysis;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.mailscope.server.mailbox.Annotations;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Events as people read them: a line each, or its columns. Control characters are escaped, secrets masked. */
public final class EventText {
    /** Which way an event went. */
    public enum Direction {
        /** From the client to the server. */
        CLIENT_TO_SERVER("\u2192"),
        /** From the server to the client. */
        SERVER_TO_CLIENT("\u2190"),
        /** It happened inside the server. */
        INSIDE("");

        private final String arrow;

        Direction(String arrow) {
            this.arrow = arrow;
        }

        /** An arrow that points as the octets went, the client standing left; empty for what happened inside. */
        public String arrow() {
            return arrow;
        }
    }

    /** The most characters of a line that came from the wire or from a list of changes. */
    static final int MOST = 200;

    private EventText() {
    }

    /** The whole event in one line: time, number, session, phase, what happened. */
    public static String line(TraceEvent event) {
        var line = new StringBuilder(120);
        appendTime(line, event);
        line.append(' ');
        padLeft(line, Long.toString(event.number()), 6);
        line.append("  ");
        padRight(line, session(event), 8);
        line.append(' ');
        padRight(line, event.phase().isEmpty() ? "-" : Escape.controls(event.phase()), 17);
        return line.append(' ').append(what(event)).toString();
    }

    /** When it happened, in local time: {@code HH:mm:ss.SSS}. */
    public static String time(TraceEvent event) {
        var text = new StringBuilder(12);
        appendTime(text, event);
        return text.toString();
    }

    /** The session it belongs to: {@code imap 3}, or {@code server}. */
    public static String session(TraceEvent event) {
        return event.session() == 0 ? "server" : (event.protocol() + " " + event.session()).strip();
    }

    /** Which way it went. */
    public static Direction direction(TraceEvent event) {
        return switch (event.what()) {
            case What.Connected w -> Direction.CLIENT_TO_SERVER;
            case What.Received w -> Direction.CLIENT_TO_SERVER;
            case What.Response w -> Direction.SERVER_TO_CLIENT;
            case What.Delivery w -> Direction.CLIENT_TO_SERVER;
            case What.Replaced w -> w.toClient() ? Direction.SERVER_TO_CLIENT : Direction.CLIENT_TO_SERVER;
            case What.Sent w -> Direction.SERVER_TO_CLIENT;
            case What.Told w -> Direction.SERVER_TO_CLIENT;
            case What.Command w -> Direction.INSIDE;
            case What.Rejected w -> Direction.INSIDE;
            case What.PhaseChanged w -> Direction.INSIDE;
            case What.StateChanged w -> Direction.INSIDE;
            case What.ViewOpened w -> Direction.INSIDE;
            case What.ViewClosed w -> Direction.INSIDE;
            case What.Marked w -> Direction.INSIDE;
            case What.TlsStarted w -> Direction.INSIDE;
            case What.CompressionStarted w -> Direction.INSIDE;
            case What.Device w -> Direction.INSIDE;
            case What.Held w -> Direction.INSIDE;
            case What.Released w -> Direction.INSIDE;
            case What.Fault w -> Direction.INSIDE;
            case What.Closed w -> Direction.INSIDE;
            case What.Remark w -> Direction.INSIDE;
        };
    }

    /** What happened, for example {@code a3 FETCH} or {@code INBOX: message deleted (UID 3, "Meme")}. */
    public static String what(TraceEvent event) {
        return switch (event.what()) {
            case What.Received(var octets) -> "> " + wire(octets);
            case What.Response(var octets) -> "< " + wire(octets);
            case What.Replaced(var octets, var toClient) -> "replaced: " + (toClient ? "< " : "> ") + wire(octets);
            case What.Held(var stop, var why) -> cut(Escape.controls("held " + stop + ": " + why));
            case What.Released(var stop, var decision) -> cut(Escape.controls("released " + stop + ": " + decision));
            case What.Fault(var stop, var decision, var name) -> cut(Escape.controls(
                    "fault " + name + " " + stop + ": " + decision));
            case What.StateChanged(var version, var changes) -> changes(changes);
            case What.Connected(var peer, var local) -> Escape.controls("connected from " + peer + " to " + local);
            case What.Command(var tag) -> Escape.controls(tagged(tag, event.command()));
            case What.Rejected(var tag, var problem, var offset) -> cut(Escape.controls(
                    tagged(tag, "rejected: " + problem)));
            case What.PhaseChanged(var from, var to, var user) -> Escape.controls(from + " \u2192 " + to);
            case What.Sent(var octets, var first, var last) -> "sent " + count(octets, "octet")
                    + (first == last ? " (event " + first + ")" : " (events " + first + " to " + last + ")");
            case What.ViewOpened view -> Escape.controls("opened " + view.folder() + " of " + view.account()
                    + (view.readOnly() ? ", read-only" : ""));
            case What.ViewClosed(var folder) -> Escape.controls("left " + folder);
            case What.Marked(var number, var uid, var deleted) -> deleted
                    ? "message " + number + " marked to be deleted (UID " + uid + ")"
                    : "message " + number + " no longer marked (UID " + uid + ")";
            case What.Told(var notices) -> cut("told: "
                    + notices.stream().map(EventText::notice).collect(Collectors.joining("; ")));
            case What.TlsStarted(var protocol, var cipher, var clientSubject) -> cut(Escape.controls("TLS started: "
                    + protocol + ", " + cipher
                    + (clientSubject.isEmpty() ? "" : ", client certificate of " + clientSubject)));
            case What.CompressionStarted(var algorithm) -> Escape.controls("compression started: " + algorithm);
            case What.Closed(var reason) -> cut(Escape.controls(reason.isEmpty() ? "closed" : "closed: " + reason));
            case What.Delivery(var peer, var sender, var recipients) -> cut(Escape.controls("message by SMTP from <"
                    + sender + "> for " + recipients.stream().map(recipient -> "<" + recipient + ">")
                            .collect(Collectors.joining(", ")) + ", sent by " + peer));
            case What.Device device -> cut(Escape.controls(device(device)));
            case What.Remark(var text) -> cut(Escape.controls(text));
        };
    }

    private static String device(What.Device device) {
        var held = device.held().entrySet().stream()
                .map(folder -> folder.getKey() + " " + folder.getValue()).collect(Collectors.joining(", "));
        return "device " + device.name() + (device.online() ? "" : ", offline") + ": "
                + (held.isEmpty() ? "no folder" : held);
    }

    /** Everything about it, for a pane that has room. */
    public static EventDetails details(TraceEvent event) {
        return EventDetails.of(event);
    }

    /** One change in words. */
    public static String change(Change change) {
        return Escape.controls(switch (change) {
            case Change.AccountAdded(var account) -> "account " + account + " added";
            case Change.AccountRemoved(var account) -> "account " + account + " removed with all its mail";
            case Change.FolderCreated c -> "folder " + c.folder() + " created (UIDVALIDITY " + c.uidValidity() + ")";
            case Change.FolderDeleted c -> "folder " + c.folder() + " deleted"
                    + (c.messages() == 0 ? "" : " with " + count(c.messages(), "message"));
            case Change.FolderRenamed c -> "folder " + c.folder() + " renamed to " + c.newName();
            case Change.SelectableChanged c -> "folder " + c.folder()
                    + (c.selectable() ? " can be selected now" : " only holds other folders now");
            case Change.SpecialUseChanged c -> "folder " + c.folder()
                    + (c.uses().isEmpty() ? " is for nothing special now"
                    : " is for " + c.uses().stream().map(SpecialUse::wireName).collect(Collectors.joining(" ")));
            case Change.SubscriptionChanged c -> c.name() + (c.subscribed() ? " subscribed" : " unsubscribed");
            case Change.AccessChanged c -> "access to folder " + c.folder() + ": " + c.identifier()
                    + c.rights().map(rights -> rights.all().isEmpty() ? " with no rights" : " " + rights)
                    .orElse(" removed");
            case Change.AnnotationChanged c -> c.folder() + ": " + annotation(c.entry(), c.value());
            case Change.ServerAnnotationChanged c -> (Annotations.isShared(c.entry()) ? "server"
                    : "server for " + c.account()) + ": " + annotation(c.entry(), c.value());
            case Change.QuotaChanged(var account, var quota) -> "quota of account " + account + ": " + quota.words();
            case Change.MessageAdded c -> c.folder() + ": message added (UID " + c.uid() + ", "
                    + count(c.message().size(), "octet") + Subjects.quoted(c.message()) + ")";
            case Change.MessageRemoved c -> c.folder() + ": message deleted (UID " + c.uid()
                    + Subjects.quoted(c.message()) + ")";
            case Change.FlagsChanged c -> c.folder() + " UID " + c.uid() + " flags " + c.was().flags() + " \u2192 "
                    + c.flags();
            case Change.RecentClaimed c -> c.folder() + ": messages below UID " + c.recentFrom()
                    + " are recent to no later session";
        });
    }

    private static String annotation(String entry, Optional<String> value) {
        return entry + value.map(now -> " is " + cut('"' + Annotations.text(now) + '"')).orElse(" removed");
    }

    /** One thing a client was told, in words. */
    public static String notice(Notice notice) {
        return Escape.controls(switch (notice) {
            case Notice.Expunged(var sequence, var uid) -> "message " + sequence + " gone (UID " + uid + ")";
            case Notice.Arrived(var exists, var recent, var uids) -> count(uids.size(), "new message") + ", " + exists
                    + " in all, " + recent + " recent";
            case Notice.FlagsChanged c -> "message " + c.sequence() + " flags " + c.flags() + " (UID " + c.uid() + ")";
        });
    }

    /** A number and what it counts, in the plural where that is due. */
    static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d", number) + " " + thing + (number == 1 ? "" : "s");
    }

    private static String changes(List<Change> changes) {
        if (changes.size() == 1) {
            return change(changes.getFirst());
        }
        var text = new StringBuilder().append(changes.size()).append(" changes: ");
        for (var change : changes) {
            if (text.length() > MOST) {
                break;
            }
            text.append(change(change)).append("; ");
        }
        text.setLength(text.length() - 2);
        return cut(text.toString());
    }

    // The first line; when that is not all, how much there is.
    private static String wire(Octets octets) {
        var start = start(octets);
        var line = new StringBuilder(start.length + 24);
        var end = 0;
        while (end < start.length && start[end] != '\r' && start[end] != '\n' && line.length() < MOST) {
            Escape.octet(line, start[end++] & 0xFF);
        }
        var rest = start.length - end;
        var whole = start.length < MOST + 2 && (rest == 0 || rest <= 2 && isLineEnd(start[end])
                && start[start.length - 1] == '\n');
        if (!whole) {
            line.append(" \u2026 (").append(count(octets.size(), "octet")).append(')');
        }
        return line.toString();
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    private static byte[] start(Octets octets) {
        var pieces = octets.pieces();
        return pieces.size() == 1 && pieces.getFirst() instanceof Octets.Inline(var bytes) && bytes.length < MOST
                ? bytes : octets.first(MOST + 2);
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text
                : text.substring(0, MOST) + " \u2026 (" + count(text.length(), "character") + ")";
    }

    private static String tagged(String tag, String text) {
        return tag.isEmpty() ? text : tag + " " + text;
    }

    private static void appendTime(StringBuilder out, TraceEvent event) {
        var seconds = Math.floorDiv(event.time(), 1_000_000L);
        var offset = ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
        var ofDay = (int) Math.floorMod(seconds + offset, 86_400L);
        digits(out, ofDay / 3_600, 2).append(':');
        digits(out, ofDay / 60 % 60, 2).append(':');
        digits(out, ofDay % 60, 2).append('.');
        digits(out, (int) (Math.floorMod(event.time(), 1_000_000L) / 1_000), 3);
    }

    private static StringBuilder digits(StringBuilder out, int value, int width) {
        padWith(out, '0', width - Integer.toString(value).length());
        return out.append(value);
    }

    private static void padLeft(StringBuilder out, String text, int width) {
        padWith(out, ' ', width - text.length());
        out.append(text);
    }

    private static void padRight(StringBuilder out, String text, int width) {
        out.append(text);
        padWith(out, ' ', width - text.length());
    }

    private static void padWith(StringBuilder out, char c, int times) {
        for (var i = 0; i < times; i++) {
            out.append(c);
        }
    }
}

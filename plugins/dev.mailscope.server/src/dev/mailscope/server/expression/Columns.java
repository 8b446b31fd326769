package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.analysis.OctetText;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Takes from an event what the variables stand for. Octets are decoded by those alone that are about octets. */
final class Columns {
    /** Every kind of event, as {@link What#kind} calls it. */
    static final List<String> KINDS = List.of("connected", "received", "command", "rejected", "phase", "state",
            "response", "sent", "opened", "left", "marked", "told", "tls", "compression", "delivery", "device",
            "held", "released", "fault", "replaced", "closed", "remark");
    /** What a response can say (RFC 9051 section 7.1; RFC 1939 section 3); empty when it says none of it. */
    static final List<String> STATUSES = List.of("OK", "NO", "BAD", "PREAUTH", "BYE", "+OK", "-ERR", "+", "");
    /** How many octets of an event are looked at as text. */
    static final int MOST_TEXT = 1 << 20;
    /** Enough of a line for a tag and the word behind it. */
    static final int START = 200;

    private Columns() {
    }

    static String direction(TraceEvent event) {
        return switch (EventText.direction(event)) {
            case CLIENT_TO_SERVER -> "toServer";
            case SERVER_TO_CLIENT -> "toClient";
            case INSIDE -> "inside";
        };
    }

    static long size(TraceEvent event) {
        return switch (event.what()) {
            case What.Sent(var octets, var first, var last) -> octets;
            case What what -> {
                var octets = octets(what);
                yield octets == null ? 0 : octets.size();
            }
        };
    }

    static String text(TraceEvent event) {
        var octets = octets(event.what());
        return octets == null ? "" : OctetText.text(octets, MOST_TEXT);
    }

    static String tag(TraceEvent event) {
        return switch (event.what()) {
            case What.Command(var tag) -> tag;
            case What.Rejected(var tag, var problem, var offset) -> tag;
            case What.Response(var octets) when event.protocol().equals("imap") -> {
                var first = word(octets.firstLine(START), 0);
                yield first.equals("*") || first.equals("+") ? "" : first;
            }
            case What what -> "";
        };
    }

    static String status(TraceEvent event) {
        if (!(event.what() instanceof What.Response(var octets))) {
            return "";
        }
        return status(event.protocol(), octets.firstLine(START));
    }

    /** What a line to a client of that protocol says. */
    static String status(String protocol, String start) {
        var first = word(start, 0);
        return switch (protocol) {
            case "imap" -> first.equals("+") ? first : status(word(start, 1).toUpperCase(Locale.ROOT));
            case "pop3" -> first.equals("+") || first.equals("+OK") || first.equals("-ERR") ? first : "";
            default -> "";
        };
    }

    private static String status(String word) {
        return switch (word) {
            case "OK", "NO", "BAD", "PREAUTH", "BYE" -> word;
            default -> "";
        };
    }

    static String note(TraceEvent event) {
        return switch (event.what()) {
            case What.Remark(var text) -> text;
            case What.Rejected(var tag, var problem, var offset) -> problem;
            case What.Closed(var reason) -> reason;
            case What.Held(var stop, var why) -> why;
            case What.Released(var stop, var decision) -> decision;
            case What.Fault(var stop, var decision, var name) -> name;
            case What.Device device -> device.name();
            case What what -> "";
        };
    }

    static Collection<String> folders(TraceEvent event) {
        if (!(event.what() instanceof What.StateChanged(var version, var changes))) {
            return event.folder().isEmpty() ? List.of() : List.of(event.folder());
        }
        var folders = new LinkedHashSet<String>();
        if (!event.folder().isEmpty()) {
            folders.add(event.folder());
        }
        for (var change : changes) {
            switch (change) {
                case Change.FolderRenamed c -> {
                    folders.add(c.folder());
                    folders.add(c.newName());
                }
                case Change.OfFolder c -> folders.add(c.folder());
                case Change.SubscriptionChanged c -> folders.add(c.name());
                case Change.QuotaChanged c -> {
                }
                case Change.ServerAnnotationChanged c -> {
                }
                case Change.AccountAdded c -> {
                }
                case Change.AccountRemoved c -> {
                }
            }
        }
        return folders;
    }

    /** The accounts an event names itself. */
    static Collection<String> accounts(TraceEvent event) {
        return switch (event.what()) {
            case What.ViewOpened view -> List.of(view.account());
            case What.StateChanged(var version, var changes) -> {
                var accounts = new TreeSet<String>();
                changes.forEach(change -> accounts.add(change.account()));
                yield accounts;
            }
            case What what -> List.of();
        };
    }

    static Collection<Long> uids(TraceEvent event) {
        return switch (event.what()) {
            case What.Marked mark -> List.of(mark.uid());
            case What.StateChanged(var version, var changes) -> {
                var uids = new ArrayList<Long>();
                for (var change : changes) {
                    if (change instanceof Change.OfMessage message) {
                        uids.add(message.uid());
                    }
                }
                yield uids;
            }
            case What.Told(var notices) -> {
                var uids = new ArrayList<Long>();
                for (var notice : notices) {
                    switch (notice) {
                        case Notice.Expunged n -> uids.add(n.uid());
                        case Notice.Arrived n -> uids.addAll(n.uids());
                        case Notice.FlagsChanged n -> uids.add(n.uid());
                    }
                }
                yield uids;
            }
            case What what -> List.of();
        };
    }

    static Collection<String> flags(TraceEvent event) {
        return switch (event.what()) {
            case What.StateChanged(var version, var changes) -> {
                var flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                for (var change : changes) {
                    if (change instanceof Change.OfMessage message) {
                        message.after().ifPresent(after -> flags.addAll(after.flags().names()));
                    }
                }
                yield flags;
            }
            case What.Told(var notices) -> {
                var flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                for (var notice : notices) {
                    if (notice instanceof Notice.FlagsChanged changed) {
                        flags.addAll(changed.flags().names());
                    }
                }
                yield flags;
            }
            case What what -> Set.of();
        };
    }

    private static Octets octets(What what) {
        return switch (what) {
            case What.Received(var octets) -> octets;
            case What.Response(var octets) -> octets;
            case What.Replaced(var octets, var toClient) -> octets;
            case What other -> null;
        };
    }

    private static String word(String line, int index) {
        var from = 0;
        for (var i = 0; i < index; i++) {
            from = line.indexOf(' ', from) + 1;
            if (from == 0) {
                return "";
            }
        }
        var to = line.indexOf(' ', from);
        return line.substring(from, to < 0 ? line.length() : to);
    }
}

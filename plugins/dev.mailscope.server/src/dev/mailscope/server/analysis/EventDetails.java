package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.mailscope.server.mailbox.Annotations;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * Everything an event says.
 *
 * @param summary what happened, in one line
 * @param text    its octets as text, secrets masked; empty when it has none
 * @param hex     its octets as a hex dump, secrets as {@code **}; empty when it has none
 * @param changes for a change of state: each difference; for what a client was told: each piece of news
 */
public record EventDetails(String summary, String text, String hex, List<Difference> changes) {
    /**
     * One difference.
     *
     * @param what   what changed, in words
     * @param before how it was, empty when it was not there
     * @param after  how it is, empty when it is no longer there
     */
    public record Difference(String what, String before, String after) {
    }

    /** The most octets shown; what is more is only counted. */
    public static final int MOST_OCTETS = 16_384;

    /** Keeps its own copy of the changes. */
    public EventDetails {
        changes = List.copyOf(changes);
    }

    static EventDetails of(TraceEvent event) {
        var summary = EventText.what(event);
        return switch (event.what()) {
            case What.Received(var octets) -> ofOctets(summary, octets);
            case What.Response(var octets) -> ofOctets(summary, octets);
            case What.StateChanged(var version, var changes) ->
                new EventDetails(summary, "", "", changes.stream().map(EventDetails::difference).toList());
            case What.Told(var notices) -> new EventDetails(summary, "", "",
                    notices.stream().map(n -> new Difference(EventText.notice(n), "", "")).toList());
            case What.Rejected(var tag, var problem, var offset) ->
                new EventDetails(summary, Escape.controls(problem), "", List.of());
            case What.Remark(var text) -> new EventDetails(summary, Escape.controls(text), "", List.of());
            case What.Delivery delivery -> new EventDetails(summary, envelope(delivery), "", List.of());
            case What.Replaced(var octets, var toClient) -> ofOctets(summary, octets);
            case What.Held(var stop, var why) -> new EventDetails(summary, Escape.controls(why), "", List.of());
            case What.Released(var stop, var decision) ->
                new EventDetails(summary, Escape.controls(decision), "", List.of());
            case What.Fault(var stop, var decision, var name) ->
                new EventDetails(summary, Escape.controls(decision), "", List.of());
            case What.Device device -> new EventDetails(summary, Escape.controls(settings(device)), "", List.of());
            case What.Connected w -> only(summary);
            case What.Command w -> only(summary);
            case What.PhaseChanged w -> only(summary);
            case What.Sent w -> only(summary);
            case What.ViewOpened w -> only(summary);
            case What.ViewClosed w -> only(summary);
            case What.Marked w -> only(summary);
            case What.TlsStarted w -> only(summary);
            case What.CompressionStarted w -> only(summary);
            case What.Closed w -> only(summary);
        };
    }

    /** All of it as one text. */
    public String toText() {
        var parts = new ArrayList<String>();
        parts.add(summary);
        for (var change : changes) {
            parts.add(change.what());
            if (!change.before().isEmpty() || !change.after().isEmpty()) {
                parts.add("  before: " + (change.before().isEmpty() ? "-" : change.before()));
                parts.add("  after:  " + (change.after().isEmpty() ? "-" : change.after()));
            }
        }
        if (!text.isEmpty()) {
            parts.add("");
            parts.add(text);
        }
        if (!hex.isEmpty()) {
            parts.add("");
            parts.add(hex);
        }
        return String.join("\n", parts);
    }

    private static EventDetails only(String summary) {
        return new EventDetails(summary, "", "", List.of());
    }

    private static EventDetails ofOctets(String summary, Octets octets) {
        return new EventDetails(summary, OctetText.text(octets, MOST_OCTETS), OctetText.hex(octets, MOST_OCTETS),
                List.of());
    }

    private static String settings(What.Device device) {
        return device.protocol() + ", " + device.mode()
                + (device.peers().isEmpty() ? "" : ", speaks from " + String.join(", ", device.peers()));
    }

    private static String envelope(What.Delivery delivery) {
        var lines = new ArrayList<String>();
        lines.add("from " + delivery.peer());
        lines.add("MAIL FROM:<" + delivery.sender() + ">");
        delivery.recipients().forEach(recipient -> lines.add("RCPT TO:<" + recipient + ">"));
        lines.replaceAll(Escape::controls);
        return String.join("\n", lines);
    }

    private static Difference difference(Change change) {
        var what = EventText.change(change);
        return switch (change) {
            case Change.OfMessage c -> new Difference(what, c.before().map(EventDetails::message).orElse(""),
                    c.after().map(EventDetails::message).orElse(""));
            case Change.AccountAdded c -> new Difference(what, "", c.account());
            case Change.AccountRemoved c -> new Difference(what, c.account(), "");
            case Change.FolderCreated c -> new Difference(what, "", Escape.controls(c.folder()));
            case Change.FolderDeleted c -> new Difference(what, Escape.controls(c.folder()), "");
            case Change.FolderRenamed c ->
                new Difference(what, Escape.controls(c.folder()), Escape.controls(c.newName()));
            case Change.SelectableChanged c -> new Difference(what, selectable(!c.selectable()),
                    selectable(c.selectable()));
            case Change.SpecialUseChanged c -> new Difference(what, "",
                    c.uses().stream().map(SpecialUse::wireName).collect(Collectors.joining(" ")));
            case Change.SubscriptionChanged c -> new Difference(what, subscribed(!c.subscribed()),
                    subscribed(c.subscribed()));
            case Change.AccessChanged c -> new Difference(what, "",
                    c.rights().map(rights -> Escape.controls(c.identifier()) + " " + rights).orElse(""));
            case Change.AnnotationChanged c -> new Difference(what, "", annotation(c.value()));
            case Change.ServerAnnotationChanged c -> new Difference(what, "", annotation(c.value()));
            case Change.QuotaChanged c -> new Difference(what, "", c.quota().words());
            case Change.RecentClaimed c -> new Difference(what, "", "recent from UID " + c.recentFrom());
        };
    }

    private static String message(Message message) {
        return Escape.controls("UID " + message.uid() + ", flags " + message.flags() + ", MODSEQ " + message.modSeq()
                + ", " + EventText.count(message.size(), "octet") + ", received " + message.internalDate()
                + Subjects.quoted(message));
    }

    private static String annotation(Optional<String> value) {
        return value.map(now -> Escape.controls(Annotations.text(now))).orElse("");
    }

    private static String selectable(boolean can) {
        return can ? "can be selected" : "\\Noselect";
    }

    private static String subscribed(boolean is) {
        return is ? "subscribed" : "not subscribed";
    }
}

package dev.mailscope.server.analysis;

import java.util.ArrayList;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * Which events are wanted: those that fit everything that is given. Empty text asks for nothing.
 *
 * @param text     occurs in the event's line, in any case
 * @param session  the session's number, 0 for the server itself
 * @param folder   the folder that the session has open, or that a change concerns
 * @param phase    the session's phase
 * @param protocol {@code imap} or {@code pop3}
 */
public record Filter(String text, OptionalLong session, String folder, String phase, String protocol)
        implements Predicate<TraceEvent> {

    /** Every event. */
    public static final Filter ALL = new Filter("", OptionalLong.empty(), "", "", "");

    /** Checks that nothing is missing. */
    public Filter {
        Objects.requireNonNull(text);
        Objects.requireNonNull(session);
        Objects.requireNonNull(folder);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(protocol);
    }

    /** The same with another text. */
    public Filter withText(String wanted) {
        return new Filter(wanted, session, folder, phase, protocol);
    }

    /** The same for that session alone. */
    public Filter withSession(long wanted) {
        return new Filter(text, OptionalLong.of(wanted), folder, phase, protocol);
    }

    /** The same for every session. */
    public Filter withAnySession() {
        return new Filter(text, OptionalLong.empty(), folder, phase, protocol);
    }

    /** The same with another folder. */
    public Filter withFolder(String wanted) {
        return new Filter(text, session, wanted, phase, protocol);
    }

    /** The same with another phase. */
    public Filter withPhase(String wanted) {
        return new Filter(text, session, folder, wanted, protocol);
    }

    /** The same with another protocol. */
    public Filter withProtocol(String wanted) {
        return new Filter(text, session, folder, phase, wanted);
    }

    /** True when every event fits. */
    public boolean isAll() {
        return equals(ALL);
    }

    @Override
    public boolean test(TraceEvent event) {
        return (session.isEmpty() || session.getAsLong() == event.session())
                && (protocol.isEmpty() || protocol.equalsIgnoreCase(event.protocol()))
                && (phase.isEmpty() || phase.equalsIgnoreCase(event.phase()))
                && (folder.isEmpty() || concernsFolder(event))
                && (text.isEmpty() || contains(EventText.line(event), text));
    }

    /** What it asks for, in words. */
    public String words() {
        var words = new ArrayList<String>();
        session.ifPresent(number -> words.add(number == 0 ? "the server itself" : "session " + number));
        addTo(words, "protocol ", protocol);
        addTo(words, "phase ", phase);
        addTo(words, "folder ", folder);
        if (!text.isEmpty()) {
            words.add("containing \"" + text + "\"");
        }
        return words.isEmpty() ? "all events" : String.join(", ", words);
    }

    private static void addTo(ArrayList<String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.add(name + value);
        }
    }

    private boolean concernsFolder(TraceEvent event) {
        var name = Folder.canonicalName(folder);
        return name.equals(event.folder())
                || event.what() instanceof What.StateChanged(var version, var changes)
                        && changes.stream().anyMatch(change -> concerns(change, name));
    }

    private static boolean concerns(Change change, String name) {
        return switch (change) {
            case Change.FolderRenamed c -> c.folder().equals(name) || c.newName().equals(name);
            case Change.OfFolder c -> c.folder().equals(name);
            case Change.SubscriptionChanged c -> c.name().equals(name);
            case Change.QuotaChanged c -> false;
            case Change.ServerAnnotationChanged c -> false;
            case Change.AccountAdded c -> false;
            case Change.AccountRemoved c -> false;
        };
    }

    private static boolean contains(String line, String wanted) {
        var lower = Character.toLowerCase(wanted.charAt(0));
        var upper = Character.toUpperCase(wanted.charAt(0));
        for (var i = 0; i <= line.length() - wanted.length(); i++) {
            var c = line.charAt(i);
            if ((c == lower || c == upper) && line.regionMatches(true, i, wanted, 0, wanted.length())) {
                return true;
            }
        }
        return false;
    }
}

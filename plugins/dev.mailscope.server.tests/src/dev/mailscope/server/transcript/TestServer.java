package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** A server without sockets, recorded in memory, that fails when it logs an error or leaves something behind. */
public final class TestServer extends SocketlessServer {
    private static final Logger LOG = Logger.getLogger("dev.mailscope");

    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Handler errorCollector = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(logged.getMessage() + " " + logged.getThrown());
            }
        }

        @Override
        public void flush() {
            // kept in memory
        }

        @Override
        public void close() {
            // nothing to close
        }
    };

    /** A server without accounts. */
    public TestServer() {
        super(Recording.inMemory());
        LOG.addHandler(errorCollector);
    }

    /** The errors logged so far; whoever expects some takes them out. */
    public List<String> errors() {
        return errors;
    }

    @Override
    public void token(String user, String token) {
        passwords.put(user + " by token", token);
        super.token(user, token);
    }

    @Override
    public void account(String user, String password) {
        passwords.put(user, password);
        super.account(user, password);
    }

    /** Delivers a mail to the INBOX and gives its UID. */
    public long deliver(String user, String mail) {
        return deliver(user, Folder.INBOX, mail.getBytes(StandardCharsets.UTF_8), Flags.NONE, NOW);
    }

    /** Shows every event of the trace, in order. */
    public void eachEvent(Consumer<TraceEvent> reader) {
        for (var number = recording().first(); number <= recording().last(); number++) {
            reader.accept(recording().event(number));
        }
    }

    /** The whole trace, an event a line, each with its words and its octets, a character for each. */
    public String recorded() {
        var all = new StringBuilder();
        eachEvent(event -> {
            var octets = switch (event.what()) {
                case What.Received(var received) -> received;
                case What.Response(var response) -> response;
                default -> null;
            };
            all.append(event).append(octets == null ? "" : new String(octets.toBytes(), StandardCharsets.ISO_8859_1))
                    .append('\n');
        });
        return all.toString();
    }

    /** Fails when what the trace has of the clients holds an account's password. */
    public void assertNoPasswordInTrace() {
        eachEvent(event -> passwords.values().forEach(password -> assertFalse(clientText(event).contains(password),
                () -> "event " + event.number() + " holds a password: " + event)));
    }

    /** Cuts what is still open, and fails when a session left something behind. */
    @Override
    public void close() {
        super.close();
        LOG.removeHandler(errorCollector);
        recording().close();
        assertEquals(List.of(), errors, "errors were logged");
        passwords.keySet().forEach(user -> assertFalse(locks().isTaken(user), () -> user + "'s maildrop is locked"));
    }

    private static String clientText(TraceEvent event) {
        var text = switch (event.what()) {
            case What.Received(var octets) -> new String(octets.toBytes(), StandardCharsets.UTF_8);
            case What.Command(var tag) -> tag;
            case What.Rejected(var tag, var problem, var offset) -> tag + "\n" + problem;
            default -> "";
        };
        return event.command() + "\n" + event.folder() + "\n" + text;
    }
}

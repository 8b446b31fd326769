package dev.mailscope.bench.clients;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.server.analysis.EventText;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/**
 * A server of a client's own, with its mail, its log and a count of the steps. After each step everything it holds must
 * be what is expected, and it must have refused nothing that is not known to be refused.
 */
final class Trial implements AutoCloseable {
    /** What a step does; it throws when it cannot. */
    interface Action {
        void run() throws Exception;
    }

    private static final int BATCH = 1_000;
    private static final Pattern REFUSAL = Pattern.compile("< (?:\\S+ (?:NO|BAD)|\\* BAD|-ERR)\\b.*");

    private final String title;
    private final Security security;
    private final PrintWriter log;
    private final MailServer server;
    private final Mailboxes expected;
    private List<Pattern> refusals = List.of();
    private long seen;
    private int passed;
    private boolean failed;

    private Trial(String title, Security security, PrintWriter log, MailServer server, Mailboxes expected) {
        this.title = title;
        this.security = security;
        this.log = log;
        this.server = server;
        this.expected = expected;
    }

    /**
     * Opens a server with the sample mail, the odd mail and an odd folder, which accepts no password in a way that is
     * protected less. Its trace is recorded beside the log, which lie in that folder under the round's name.
     */
    static Trial open(String name, Security security, Path logs) throws Exception {
        var recording = logs.resolve(name + ".mailscope");
        Files.deleteIfExists(recording);
        var server = MailServer.open(ServerConfig.sample().withPorts(0, 0).withRecording(recording)
                .withTls(TlsConfig.DEFAULT.withPorts(OptionalInt.of(0), OptionalInt.of(0))
                        .withRequired(security != Security.PLAIN)));
        server.start();
        for (var mail : OddMail.all()) {
            server.deliver("alice", Folder.INBOX, mail.flags(), OffsetDateTime.now(), mail.octets());
        }
        var log = new PrintWriter(Files.newBufferedWriter(logs.resolve(name + ".log")));
        var trial = new Trial(name, security, log, server, new Mailboxes());
        try (var other = trial.otherDevice()) {
            other.create(OddFolder.NAME);
        }
        trial.expected.take(trial.account());
        trial.seen = server.trace().last();
        return trial;
    }

    /** How a client gets at the server. */
    Access access(String protocol) throws IOException {
        var address = server.address(security == Security.TLS ? protocol + "s" : protocol);
        var account = ServerConfig.SAMPLE_ACCOUNT;
        return new Access(protocol, security, address.getAddress().getHostAddress(), address.getPort(), account.user(),
                account.password(), server.certificate().pem());
    }

    /** A second client of the same account, which changes things behind the first one's back. */
    JakartaMail otherDevice() throws Exception {
        return new JakartaMail(access("imap"));
    }

    /** What the server should hold, for the steps to change as they go. */
    Mailboxes expected() {
        return expected;
    }

    /** The log. */
    PrintWriter log() {
        return log;
    }

    /** What the server may refuse from now on, matched against the response or the reason. */
    void allow(List<Pattern> known) {
        refusals = known;
    }

    /** Puts a mail into the INBOX, as if it had just been sent. */
    void deliver(byte[] mail) {
        server.deliver("alice", Folder.INBOX, mail);
        expected.add(Folder.INBOX, new Mail(mail, Flags.NONE));
    }

    /** How many lines of the trace since the last step hold such a thing from the client. */
    int received(Pattern pattern) {
        return (int) news().stream().filter(event -> event.what() instanceof What.Received
                && pattern.matcher(EventText.what(event)).find()).count();
    }

    /** What the server holds at this moment. */
    Account account() {
        return server.trace().live().server().account("alice").orElseThrow();
    }

    /** Does a step, checks what the server holds and has refused, and says how it went. After a failure: nothing. */
    void step(String name, Action action) {
        if (failed) {
            return;
        }
        log.println("== " + name);
        var start = System.nanoTime();
        var problem = attempt(action);
        var millis = (System.nanoTime() - start) / 1_000_000;
        for (var event : news()) {
            log.println(EventText.line(event));
        }
        seen = server.trace().last();
        failed = !problem.isEmpty();
        passed += failed ? 0 : 1;
        var result = failed ? "FAILED: " + problem : "ok";
        log.println("== " + result);
        System.out.printf("%-26s %-31s %5d ms  %s%n", title, name, millis, result);
    }

    /** How many steps have passed. */
    int passed() {
        return passed;
    }

    /** True once a step has failed. */
    boolean failed() {
        return failed;
    }

    @Override
    public void close() {
        log.close();
        server.close();
    }

    private String attempt(Action action) {
        try {
            action.run();
            expected.check(account());
            var refused = news().stream().filter(this::isRefusal).map(EventText::what).distinct().toList();
            return refused.isEmpty() ? "" : "the server refused: " + String.join(" | ", refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (Failed e) {
            return e.getMessage();
        } catch (Exception e) {
            e.printStackTrace(log);
            return e.toString().lines().findFirst().orElse("");
        }
    }

    private boolean isRefusal(TraceEvent event) {
        var text = EventText.what(event);
        var refused = event.what() instanceof What.Rejected
                || event.what() instanceof What.Response && REFUSAL.matcher(text).matches();
        return refused && refusals.stream().noneMatch(known -> known.matcher(text).find());
    }

    private List<TraceEvent> news() {
        var found = new ArrayList<TraceEvent>();
        var last = server.trace().last();
        for (var next = seen + 1; next <= last;) {
            var events = server.trace().events(next, BATCH);
            found.addAll(events);
            next = events.isEmpty() ? last + 1 : events.getLast().number() + 1;
        }
        return found;
    }
}

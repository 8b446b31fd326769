package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets mail programs that other people wrote do a round of work, each on a server of its own, and checks it step by
 * step: {@code ./mailscope clients}. What each program and the server said, and the server's trace, lie in
 * {@code target/clients}: a log for reading and a recording to be opened in the <i>Trace</i> view.
 */
public final class Main {
    private static final String IMAP = "imap";
    private static final String POP3 = "pop3";

    /** Makes a client and lets it do its round. */
    private interface Course {
        void run(Trial trial, Place place, Access access) throws Exception;
    }

    private record Round(String client, String protocol, Course course) {
        String name(Security security) {
            return client + "-" + protocol + security.suffix();
        }

        boolean knows(Security security) {
            return security != Security.STARTTLS || !client.equals("getmail");
        }
    }

    private static final List<Round> ROUNDS = List.of(
            new Round("curl", IMAP, (trial, place, access) -> Rounds.sync(trial, new Curl(place, access))),
            new Round("curl", POP3, (trial, place, access) -> Rounds.fetch(trial, new CurlPop3(place, access))),
            new Round("fetchmail", POP3, (trial, place, access) -> Rounds.fetch(trial, new Fetchmail(place, access))),
            new Round("fetchmail", IMAP, (trial, place, access) -> Rounds.fetch(trial, new Fetchmail(place, access))),
            new Round("getmail", POP3, (trial, place, access) -> Rounds.fetch(trial, new Getmail(place, access))),
            new Round("getmail", IMAP, (trial, place, access) -> Rounds.fetch(trial, new Getmail(place, access))),
            new Round("imapflow", IMAP, (trial, place, access) -> Rounds.sync(trial, new ScriptClient(place, access,
                    "node", "imapflow_client.cjs", Map.of("NODE_PATH", System.getProperty("mailscope.node"))))),
            new Round("jakarta-mail", IMAP, (trial, place, access) -> {
                try (var client = new JakartaMail(access)) {
                    Rounds.sync(trial, client);
                }
            }),
            new Round("jakarta-mail", POP3, (trial, place, access) -> Rounds.fetch(trial, new JakartaPop3(access))),
            new Round("mbsync", IMAP, (trial, place, access) -> Rounds.sync(trial, new Mbsync(place, access))),
            new Round("mpop", POP3, (trial, place, access) -> Rounds.fetch(trial, new Mpop(place, access))),
            new Round("mutt", IMAP, (trial, place, access) -> Rounds.sync(trial,
                    new Mutt(place, access, trial.expected().names()))),
            new Round("offlineimap", IMAP, (trial, place, access) -> Rounds.sync(trial,
                    new OfflineImap(place, access))),
            new Round("python", IMAP, (trial, place, access) -> Rounds.sync(trial,
                    new ScriptClient(place, access, "python3", "imap_client.py", Map.of()))),
            new Round("python", POP3, (trial, place, access) -> Rounds.fetch(trial, new Poplib(place, access))));

    private Main() {
    }

    /** Runs the clients that the arguments name, or all. Exit status 1 when a step failed, 2 for an unknown name. */
    public static void main(String[] args) throws IOException {
        var clients = ROUNDS.stream().map(Round::client).collect(Collectors.toCollection(TreeSet::new));
        for (var name : args) {
            if (!clients.contains(name)) {
                System.err.println("mailscope: there is no client " + name + "; there are: "
                        + String.join(", ", clients));
                System.exit(2);
            }
        }
        System.exit(run(args.length == 0 ? clients : Set.copyOf(List.of(args))) ? 0 : 1);
    }

    private static boolean run(Set<String> clients) throws IOException {
        var logs = Files.createDirectories(Path.of(System.getProperty("mailscope.target"), "clients"));
        var passed = 0;
        var failed = 0;
        for (var round : ROUNDS) {
            for (var security : Security.values()) {
                if (clients.contains(round.client()) && round.knows(security)) {
                    var name = round.name(security);
                    try (var trial = Trial.open(name, security, logs); var place = new Place(trial.log())) {
                        round.course().run(trial, place, trial.access(round.protocol()));
                        passed += trial.passed();
                        failed += trial.failed() ? 1 : 0;
                    } catch (Exception e) { // before or after the steps, which fail by themselves
                        System.out.println(name + " FAILED: " + e);
                        failed++;
                    }
                }
            }
        }
        System.out.println("logs and recordings: " + logs);
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0;
    }
}

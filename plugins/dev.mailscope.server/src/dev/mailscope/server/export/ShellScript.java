package dev.mailscope.server.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.ServerState;

/**
 * A POSIX shell script of what the clients said. What is the same in all of them is a resource; this writes what
 * differs: which session says what, and what it waits for before anything more is said.
 */
final class ShellScript implements Exporter {
    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var writing = new Writing();
        new Telling(events, writing, new VaryingValues()).run();
        Template.write("shell/sessions.sh.txt", writing.places(), out);
    }

    private static final class Writing implements Telling.Teller {
        private static final String OK = "(?:\\+OK|\\S+ OK)(?: .*)?";

        private final PasswordNames passwords = new PasswordNames();
        private final StringBuilder lines = new StringBuilder();
        private final Map<Long, TranscriptLogin> logins = new HashMap<>();
        private final Map<Long, Integer> descriptors = new TreeMap<>();
        // Those that are not connected yet: their connection begins behind STARTTLS or STLS.
        private final TreeSet<Long> waiting = new TreeSet<>();
        // The tags of the commands that are not answered yet.
        private final Map<Long, String> tags = new HashMap<>();
        private TranscriptSurvey survey;
        private String about = "";

        Map<String, String> places() {
            var names = new TreeMap<String, String>();
            survey.accounts().forEach(account -> names.put(passwords.of(account), account));
            var used = names.keySet().stream().filter(name -> lines.indexOf("$" + PasswordNames.VARIABLE + name) >= 0)
                    .toList();
            var wanted = used.stream().map(name -> "\n#   " + PasswordNames.VARIABLE + name + "  of "
                    + ShellText.comment(names.get(name))).collect(Collectors.joining());
            var checks = used.stream().map(name -> ": \"${" + PasswordNames.VARIABLE + name
                    + ":?is not in the environment}\"\n").collect(Collectors.joining());
            return Map.of("ABOUT", about, "PASSWORDS", used.isEmpty() ? " none." : wanted, "CHECKS", checks,
                    "SESSIONS", lines.toString().strip());
        }

        @Override
        public void begin(Selection selection, TranscriptSurvey wanted, ServerState start) {
            survey = wanted;
            about = "Events " + selection.first() + " to " + selection.last() + " of a recording.";
        }

        @Override
        public void turn(TranscriptTurn.OfSession turn) throws IOException {
            var session = turn.session();
            var of = survey.of(session);
            if (turn.isConnecting()) {
                if (of.upgrades()) {
                    note("session " + session + " begins behind its " + (turn.protocol().equals("imap") ? "STARTTLS"
                            : "STLS") + ", which is left to openssl with all before it");
                    waiting.add(session);
                } else {
                    connect(session, turn.protocol() + (of.tls().equals("first") ? "s" : ""), "");
                }
            }
            if (turn.responses().isEmpty() && turn.said().isEmpty() && turn.closed().isEmpty()) {
                return;
            }
            var login = logins.computeIfAbsent(session, number -> new TranscriptLogin(turn.protocol(), of.account(),
                    survey, passwords));
            if (login.isStep(turn)) {
                return;
            }
            var said = turn.farewell().isEmpty() && !login.isClosed() ? login.said(turn) : "";
            if (waiting.contains(session)) {
                if (isAnswered(turn, "STARTTLS", "STLS")) {
                    waiting.remove(session);
                    connect(session, turn.protocol(), " upgraded");
                }
            } else if (isAnswered(turn, "COMPRESS")) {
                note("here session " + session + " began to compress, and goes on without");
            } else {
                if (!login.note().isEmpty()) {
                    note(login.note());
                }
                said(turn, said);
                awaits(turn, said);
            }
            closing(turn, login);
        }

        private static boolean isAnswered(TranscriptTurn.OfSession turn, String... commands) {
            return List.of(commands).contains(turn.command()) && !turn.responses().isEmpty()
                    && turn.responses().getLast().firstLine(80).matches(OK);
        }

        private void connect(long session, String protocol, String upgraded) throws IOException {
            for (var descriptor = 3; descriptor <= 9; descriptor++) {
                if (!descriptors.containsValue(descriptor)) {
                    descriptors.put(session, descriptor);
                    line("");
                    line("connect " + session + " " + descriptor + " " + protocol + upgraded);
                    return;
                }
            }
            throw new IOException("A shell script can hold no more than 7 sessions open at once; select fewer of "
                    + "them.");
        }

        private void said(TranscriptTurn.OfSession turn, String said) {
            if (said.isEmpty()) {
                return;
            }
            var end = Marked.lineEnd(said, 0);
            if (end == said.length() - 2 && ShellText.isPlain(said.substring(0, end))) {
                var words = said.substring(0, end);
                var sent = ShellText.words(words, turn.session());
                line(ShellText.hasSecret(words)
                        ? "whisper " + turn.session() + " " + ShellText.masked(words) + " " + sent
                        : "say " + turn.session() + " " + sent);
            } else {
                line("octets " + turn.session() + ShellText.octets(said, turn.session()));
            }
        }

        private void awaits(TranscriptTurn.OfSession turn, String said) {
            var session = turn.session();
            if (turn.responses().isEmpty() || !turn.farewell().isEmpty()) {
                return;
            }
            if (turn.protocol().equals("pop3")) {
                for (var response : turn.responses()) {
                    var several = Marked.lineEnd(Marked.text(response, (before, size) -> ""), 0) < response.size() - 2
                            && !response.hasSecret();
                    line((turn.isConnecting() ? "greeting " : several ? "lines " : "reply ") + session);
                }
                return;
            }
            if (!said.isEmpty()) {
                tags.computeIfAbsent(session, number -> said.split("[ \r\n]", 2)[0]);
            }
            var tag = tags.getOrDefault(session, "");
            var last = turn.responses().getLast().firstLine(300);
            if (last.startsWith("+") && !tag.isEmpty()) {
                line("go_ahead " + session + " " + ShellText.word(tag));
                return;
            } else if (!tag.isEmpty() && last.startsWith(tag + " ")) {
                line("answer " + session + " " + ShellText.word(tag));
            } else {
                line("responses " + session + " " + turn.responses().size());
            }
            if (!said.isEmpty()) { // and not told while it idles
                tags.remove(session);
            }
        }

        private void closing(TranscriptTurn.OfSession turn, TranscriptLogin login) {
            var session = turn.session();
            var closes = !turn.closed().isEmpty()
                    || turn.responses().stream().anyMatch(r -> r.firstLine(5).equals("* BYE"))
                    || turn.protocol().equals("pop3") && turn.command().equals("QUIT") && !turn.isRejected();
            if (closes && login.closes() && descriptors.remove(session) != null) {
                line("leave " + session);
            }
            if (!turn.closed().isEmpty()) {
                logins.remove(session);
                waiting.remove(session);
                tags.remove(session);
            }
        }

        @Override
        public void outside(List<Change> changes) {
            // what others did is not the clients' side
        }

        @Override
        public void note(String words) {
            line("# " + ShellText.comment(words));
        }

        private void line(String text) {
            lines.append(text).append('\n');
        }
    }
}

package dev.mailscope.server.export;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.mailscope.server.session.Limits;

/** Writes the turns of a transcript as its lines. */
final class TranscriptLines {
    private final TranscriptSurvey survey;
    private final VaryingValues values;
    private final TranscriptSetup.Lines lines;
    private final Map<Long, TranscriptLogin> logins = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private String tls = "none";
    private boolean literalMinus;
    private boolean withoutAcl;
    private boolean withoutUtf8;

    TranscriptLines(TranscriptSurvey survey, VaryingValues values, TranscriptSetup.Lines lines) {
        this.survey = survey;
        this.values = values;
        this.lines = lines;
    }

    /** The lines of a turn. */
    void turn(TranscriptTurn.OfSession turn) throws IOException {
        var session = turn.session();
        if (turn.isConnecting()) {
            open(session, turn.protocol());
        }
        if (turn.responses().isEmpty() && turn.said().isEmpty() && turn.closed().isEmpty()) {
            return;
        }
        var login = logins.computeIfAbsent(session, number -> new TranscriptLogin(turn.protocol(),
                survey.of(number).account(), survey, new Passwords.Given(survey)));
        if (login.isStep(turn)) {
            return; // its challenge has no place in what is told instead
        }
        if (!login.note().isEmpty()) {
            lines.add("# " + login.note());
        }
        farewell(turn, login);
        if (!login.isClosed()) { // what is said behind the end is not read any more
            client(session, turn.protocol(), login.said(turn));
        }
        server(turn, login);
        if (!turn.phase().isEmpty() && !turn.responses().isEmpty()) {
            lines.add("P" + session + ": " + turn.phase());
        }
        closing(turn, login);
    }

    private void open(long session, String protocol) throws IOException {
        var wanted = survey.of(session);
        if (!tls.equals(wanted.tls())) {
            tls = wanted.tls();
            lines.add("tls " + tls);
        }
        if (wanted.withoutAcl() && !withoutAcl) {
            withoutAcl = true;
            lines.add("acl off");
        }
        if (wanted.withoutUtf8() && !withoutUtf8) {
            withoutUtf8 = true;
            lines.add("utf8 off");
        }
        if (wanted.literalMinus() && !literalMinus) {
            literalMinus = true;
            lines.add("literal-minus");
        }
        for (var limit : wanted.limits().entrySet()) {
            var now = limits.getOrDefault(limit.getKey(), usual(limit.getKey()));
            if (!Objects.equals(now, limit.getValue())) {
                limits.put(limit.getKey(), limit.getValue());
                lines.add("limit " + limit.getKey() + " " + limit.getValue());
            }
        }
        lines.add("O" + session + ": " + protocol);
    }

    private static Integer usual(String limit) {
        return limit.equals("message") ? Integer.valueOf(Limits.DEFAULT.message()) : null;
    }

    private void client(long session, String protocol, String said) throws IOException {
        var text = protocol.equals("imap") ? values.imapClient(said) : said;
        for (var from = 0; from < text.length();) {
            var end = Marked.lineEnd(text, from);
            var line = text.substring(from, end < 0 ? text.length() : end);
            var plain = end < 0 ? null : Marked.plainClientLine(line);
            lines.add("C" + session + (plain == null ? "> " + Marked.escapedClient(line) + (end < 0 ? "" : "\\r\\n")
                    : plain.isEmpty() ? ":" : ": " + plain));
            from = end < 0 ? text.length() : end + 2;
        }
    }

    private void server(TranscriptTurn.OfSession turn, TranscriptLogin login) throws IOException {
        for (var response : turn.responses()) {
            var text = Marked.text(response, (before, size) -> String.valueOf(Marked.SECRET));
            for (var from = 0; from < text.length();) {
                var end = Marked.lineEnd(text, from);
                var line = text.substring(from, end < 0 ? text.length() : end);
                var told = turn.protocol().equals("imap") ? values.imapLine(line)
                        : values.pop3Line(line, turn.command());
                lines.add("S" + turn.session() + ": " + Marked.serverLine(login.loosened(turn, told)));
                from = end < 0 ? text.length() : end + 2;
            }
        }
        if (turn.isConnecting()) {
            login.stamp(values.stamp());
        }
    }

    /** The last words and the end of the connection are two turns of one farewell. */
    private void farewell(TranscriptTurn.OfSession turn, TranscriptLogin login) throws IOException {
        if (!turn.farewell().isEmpty() && !login.hasFarewell()) {
            lines.add("T" + turn.session() + ": " + turn.farewell());
            login.farewell();
        }
    }

    private void closing(TranscriptTurn.OfSession turn, TranscriptLogin login) throws IOException {
        var closes = login.hasFarewell() || turn.responses().stream().anyMatch(r -> r.firstLine(5).equals("* BYE"))
                || turn.protocol().equals("pop3") && turn.command().equals("QUIT") && !turn.isRejected()
                || turn.closed().contains("server closed");
        if (closes && login.closes()) {
            lines.add("E" + turn.session() + ":");
        } else if (!turn.closed().isEmpty() && login.closes()) {
            lines.add("X" + turn.session() + ":");
        }
        if (!turn.closed().isEmpty()) {
            logins.remove(turn.session());
        }
    }
}

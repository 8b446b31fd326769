package dev.mailscope.server.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.mailscope.server.imap.command.DateSyntax;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.SpecialUse;

/**
 * A JUnit 5 test against Jakarta Mail, one class in one file: it makes a server what this one was, says what the
 * clients said and expects every recorded answer. What is the same in all of them is a resource; this writes what
 * differs.
 */
final class JUnitTest implements Exporter {
    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var values = new VaryingValues();
        var writing = new Writing(values);
        new Telling(events, writing, values).run();
        Template.write("junit/RecordedSessionsTest.txt", writing.places(), out);
    }

    private static final class Writing implements Telling.Teller {
        private final VaryingValues values;
        private final PasswordNames passwords = new PasswordNames();
        private final JavaMethods methods = new JavaMethods();
        private final Map<Long, TranscriptLogin> logins = new HashMap<>();
        private TranscriptSurvey survey;
        private String about = "";

        Writing(VaryingValues values) {
            this.values = values;
        }

        Map<String, String> places() {
            var names = survey.accounts().stream().map(account -> "\n//   " + PasswordNames.VARIABLE
                    + passwords.of(account) + "  of " + JavaText.comment(account)).collect(Collectors.joining());
            return Map.of("ABOUT", about, "PASSWORDS", names, "CALLS", methods.calls(), "PARTS", methods.text());
        }

        @Override
        public void begin(Selection selection, TranscriptSurvey wanted, ServerState start) throws IOException {
            survey = wanted;
            about = "Events " + selection.first() + " to " + selection.last() + " of a recording.";
            for (var name : survey.accounts()) {
                var account = start.account(name).orElse(null);
                if (account != null) {
                    call("account", name, passwords.of(name));
                    var folders = new ArrayList<>(account.folders().values());
                    for (var folder : folders) {
                        folder(name, folder);
                    }
                    for (var folder : folders) {
                        if (!folder.selectable()) {
                            call("delete", name, folder.name());
                        }
                    }
                    for (var subscription : account.subscriptions()) {
                        subscribe(name, subscription, true);
                    }
                    if (!account.quota().limits().isEmpty()) {
                        note("the account " + name + " had a quota: " + account.quota().words());
                    }
                }
            }
        }

        private void folder(String account, Folder folder) throws IOException {
            if (!folder.isInbox()) {
                call("folder", account, folder.name(), uses(List.copyOf(folder.uses())));
            }
            var recent = folder.recentFrom() > 1;
            for (var message : folder.messages().values()) {
                if (recent && message.uid() >= folder.recentFrom()) {
                    upTo(account, folder.name(), folder.recentFrom());
                    call("notRecent", account, folder.name());
                    recent = false;
                }
                mail("mail(" + JavaText.literal(account) + ", " + JavaText.literal(folder.name()) + ", " + message.uid()
                        + "L, ", message);
            }
            upTo(account, folder.name(), folder.uidNext());
            if (recent) {
                call("notRecent", account, folder.name());
            }
        }

        private void upTo(String account, String folder, long uid) throws IOException {
            if (uid > 1 || folder.equals(Folder.INBOX)) { // others are new, and begin with 1
                methods.add("upTo(" + JavaText.literal(account) + ", " + JavaText.literal(folder) + ", " + uid + "L);",
                        2);
            }
        }

        private void mail(String call, Message message) throws IOException {
            var octets = JavaText.mail(message.content().octets());
            methods.add(call + JavaText.literal(String.join(" ", message.flags().names())) + ", "
                    + JavaText.literal(DateSyntax.print(message.internalDate())) + ", " + octets.text() + ");",
                    octets.literals() + 4);
        }

        private void subscribe(String account, String name, boolean subscribed) throws IOException {
            methods.add("subscribe(" + JavaText.literal(account) + ", " + JavaText.literal(name) + ", " + subscribed
                    + ");", 2);
        }

        private void call(String method, String... texts) throws IOException {
            methods.add(method + "(" + List.of(texts).stream().map(JavaText::literal).collect(Collectors.joining(", "))
                    + ");", texts.length);
        }

        @Override
        public void turn(TranscriptTurn.OfSession turn) throws IOException {
            var session = turn.session();
            var of = survey.of(session);
            if (turn.isConnecting()) {
                methods.add("", 0);
                methods.add("connect(" + session + ", \"" + turn.protocol() + (of.tls().equals("first") ? "s" : "")
                        + "\", " + JavaText.literal(of.account()) + ");", 2);
            }
            if (turn.responses().isEmpty() && turn.said().isEmpty() && turn.closed().isEmpty()) {
                return;
            }
            var login = logins.computeIfAbsent(session, number -> new TranscriptLogin(turn.protocol(), of.account(),
                    survey, passwords));
            if (login.isStep(turn)) {
                return;
            }
            if (!login.note().isEmpty()) {
                note(login.note());
            }
            if (!turn.farewell().isEmpty()) {
                note("the server ended session " + session + ": " + turn.farewell());
                closing(turn, login);
                return;
            }
            var said = login.isClosed() ? "" : login.said(turn);
            var responses = responses(turn, login, said);
            if (upgrades(turn)) {
                methods.add((turn.command().equals("COMPRESS") ? "startCompression(" : "startTls(") + session + ", "
                        + JavaText.template(said.strip()) + ", " + responses.getFirst().text() + ");", 2);
            } else {
                client(turn, said);
                server(session, responses);
            }
            closing(turn, login);
        }

        private static boolean upgrades(TranscriptTurn.OfSession turn) {
            var ok = turn.responses().size() == 1 && turn.responses().getFirst().firstLine(80)
                    .matches("(?:\\+OK|\\S+ OK\\b).*");
            return ok && List.of("STARTTLS", "STLS", "COMPRESS").contains(turn.command()) && !turn.isRejected();
        }

        private void client(TranscriptTurn.OfSession turn, String said) throws IOException {
            if (said.isEmpty()) {
                return;
            }
            var text = turn.protocol().equals("imap") ? MovedUids.client(values.imapClient(said), turn.folder()) : said;
            var end = Marked.lineEnd(text, 0);
            if (end == text.length() - 2) {
                methods.add("client(" + turn.session() + ", " + JavaText.template(text.substring(0, end)) + ");", 1);
            } else {
                var octets = JavaText.octets(text);
                methods.add("clientOctets(" + turn.session() + ", " + octets.text() + ");", octets.literals());
            }
        }

        private void server(long session, List<JavaText> responses) throws IOException {
            for (var response : responses) {
                methods.add("server(" + session + ", " + response.text() + ");", response.literals());
            }
        }

        private List<JavaText> responses(TranscriptTurn.OfSession turn, TranscriptLogin login, String said) {
            var told = new ArrayList<JavaText>();
            for (var response : turn.responses()) {
                var text = Marked.text(response, (before, size) -> String.valueOf(Marked.SECRET));
                var whole = new StringBuilder();
                for (var from = 0; from < text.length();) {
                    var end = Marked.lineEnd(text, from);
                    var line = text.substring(from, end < 0 ? text.length() : end);
                    if (turn.protocol().equals("imap")) {
                        whole.append(login.loosened(turn, values.imapLine(MovedUids.server(line, said, turn.folder(),
                                turn.target()))));
                        whole.append(end < 0 ? "" : "\r\n");
                    } else {
                        var own = values.pop3Line(line, turn.command());
                        told.add(new JavaText(JavaText.template(login.loosened(turn,
                                turn.command().equals("UIDL") ? MovedUids.uidl(own) : own)), 1));
                    }
                    from = end < 0 ? text.length() : end + 2;
                }
                if (!whole.isEmpty()) {
                    told.add(JavaText.octets(whole.substring(0, whole.length() - (whole.toString().endsWith("\r\n") ? 2
                            : 0))));
                }
            }
            if (turn.isConnecting()) {
                login.stamp(values.stamp());
            }
            return told;
        }

        private void closing(TranscriptTurn.OfSession turn, TranscriptLogin login) throws IOException {
            var closes = turn.farewell().isEmpty()
                    && turn.responses().stream().anyMatch(r -> r.firstLine(5).equals("* BYE"))
                    || turn.protocol().equals("pop3") && turn.command().equals("QUIT") && !turn.isRejected()
                    || turn.closed().contains("server closed");
            if (closes && login.closes()) {
                methods.add("serverCloses(" + turn.session() + ");", 0);
            } else if (!turn.closed().isEmpty() && login.closes()) {
                methods.add("clientCloses(" + turn.session() + ");", 0);
            }
            if (!turn.closed().isEmpty()) {
                logins.remove(turn.session());
            }
        }

        @Override
        public void outside(List<Change> changes) throws IOException {
            var renamed = changes.stream().filter(Change.FolderRenamed.class::isInstance)
                    .map(change -> ((Change.FolderRenamed) change).folder()).collect(Collectors.toSet());
            for (var change : changes) {
                if (!survey.accounts().contains(change.account())) {
                    continue;
                }
                switch (change) {
                    case Change.AccountAdded c -> {
                        call("account", c.account(), passwords.of(c.account()));
                        upTo(c.account(), Folder.INBOX, 1);
                    }
                    case Change.AccountRemoved c -> note("the account " + c.account() + " was removed here");
                    case Change.FolderCreated c -> {
                        if (!c.folder().equals(Folder.INBOX)) {
                            call("folder", c.account(), c.folder(), "");
                        }
                    }
                    case Change.FolderDeleted c -> call("delete", c.account(), c.folder());
                    case Change.FolderRenamed c -> {
                        if (renamed.stream().noneMatch(above -> c.folder().startsWith(above + Folder.SEPARATOR))) {
                            call("rename", c.account(), c.folder(), c.newName());
                        }
                    }
                    case Change.SelectableChanged c -> {
                        if (c.selectable()) {
                            call("folder", c.account(), c.folder(), "");
                        } else {
                            call("delete", c.account(), c.folder());
                        }
                    }
                    case Change.SpecialUseChanged c -> note("the folder " + c.folder() + " was for other things from "
                            + "here on: " + uses(c.uses()));
                    case Change.SubscriptionChanged c -> subscribe(c.account(), c.name(), c.subscribed());
                    case Change.QuotaChanged c -> note("the quota of " + c.account() + " changed here: "
                            + c.quota().words());
                    case Change.AccessChanged c -> note("the rights of " + c.identifier() + " on the folder "
                            + c.folder()
                            + " changed here: " + c.rights().map(Rights::letters).orElse("none"));
                    case Change.AnnotationChanged c -> note("the entry " + c.entry() + " of the folder " + c.folder()
                            + " got another value here");
                    case Change.ServerAnnotationChanged c -> note("the entry " + c.entry() + " of the server got "
                            + "another value here");
                    case Change.MessageAdded c -> mail("deliver(" + JavaText.literal(c.account()) + ", "
                            + JavaText.literal(c.folder()) + ", ", c.message());
                    case Change.MessageRemoved c -> methods.add((c.message().flags().contains("\\Deleted") ? "expunge("
                            : "remove(") + JavaText.literal(c.account()) + ", " + JavaText.literal(c.folder()) + ", "
                            + c.uid() + "L);", 2);
                    case Change.FlagsChanged c -> methods.add("flags(" + JavaText.literal(c.account()) + ", "
                            + JavaText.literal(c.folder()) + ", " + c.uid() + "L, "
                            + JavaText.literal(String.join(" ", c.flags().names())) + ");", 3);
                    case Change.RecentClaimed c -> call("notRecent", c.account(), c.folder());
                }
            }
        }

        private static String uses(List<SpecialUse> uses) {
            return uses.stream().map(SpecialUse::wireName).collect(Collectors.joining(" "));
        }

        @Override
        public void note(String words) throws IOException {
            methods.add("// " + JavaText.comment(words), 0);
        }
    }
}

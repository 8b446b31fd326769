package dev.mailscope.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.pop3.Pop3Command;
import dev.mailscope.server.trace.What;

/** What follows for a maildrop from what a POP3 server answers: it is the INBOX of its account. */
final class Pop3Inference {
    // A unique-id that says UIDVALIDITY and UID, as this project's own server makes them.
    private static final Pattern TELLING_ID = Pattern.compile("(\\d{1,10})-(\\d{1,10})");

    private final Mailboxes mail;
    private final Trail trail;
    private final String host;
    private final TreeSet<Long> marks = new TreeSet<>();
    private SaslName sasl = new SaslName("");
    private String user = "";
    private View view;

    Pop3Inference(Mailboxes mail, Trail trail, String host) {
        this.mail = mail;
        this.trail = trail;
        this.host = host;
    }

    /** The client asks for that; null for what is not understood. */
    void asked(Pop3Command command) {
        switch (command) {
            case Pop3Command.User(var name) -> user = name;
            case Pop3Command.Apop(var name, var digest) -> user = name;
            case Pop3Command.Auth auth -> {
                sasl = new SaslName(auth.mechanism());
                if (auth.initialResponse() != null) {
                    sasl.response(auth.initialResponse());
                }
            }
            case null, default -> {
                // it names nobody
            }
        }
    }

    /** The client answers a challenge. */
    void response(Pop3Command response) {
        if (response instanceof Pop3Command.SaslResponse line) {
            sasl.take(line.text());
        }
    }

    /** Somebody has logged in: the maildrop is open. */
    void login(long cause) {
        var name = !sasl.name().isEmpty() ? sasl.name() : !user.isEmpty() ? user
                : "unknown user of session " + trail.session();
        var account = mail.account(host, name, false);
        var folder = mail.folder(account, Folder.INBOX);
        view = mail.open(folder);
        mail.commit(trail, cause);
        trail.record(cause, new What.ViewOpened(account.name, folder.id, Folder.INBOX, false));
    }

    /** A positive answer to a command in the Transaction phase. */
    void answered(Pop3Talk.Pending of, byte[] answer) {
        if (view == null) {
            return;
        }
        switch (of.command()) {
            case Pop3Command.Stat s -> view.hasAtFirst(number(words(line(answer)), 1) + marks.size());
            case Pop3Command.List(var message) -> listed(answer, message.isPresent(), false);
            case Pop3Command.Uidl(var message) -> listed(answer, message.isPresent(), true);
            case Pop3Command.Retr(var message) -> retrieved(message, answer);
            case Pop3Command.Top(var message, var lines) -> top(message, answer);
            case Pop3Command.Dele(var message) -> mark(message, true, of.event());
            case Pop3Command.Rset r -> List.copyOf(marks).forEach(number -> mark(number, false, of.event()));
            default -> {
                // it tells nothing of the maildrop
            }
        }
    }

    /** What is marked goes, and the session ends. */
    void update(long cause) {
        if (view != null) {
            for (var number : marks.descendingSet()) {
                var message = view.message(number);
                if (message != null) {
                    gone(number, message);
                }
            }
            mail.commit(trail, cause);
            trail.record(cause, new What.ViewClosed(Folder.INBOX));
        }
    }

    /** The connection is over: no mark has an effect. */
    void leave() {
        if (view != null) {
            view.close();
            view = null;
        }
    }

    private void gone(long number, MessageFacts message) {
        if (mail.isLearning()) {
            view.expunge(number);
        } else if (message.uid > 0) {
            mail.remove(view.folder(), message.uid);
        }
    }

    private void mark(long number, boolean deleted, long cause) {
        view.hasAtFirst(number);
        if (deleted ? marks.add(number) : marks.remove(number)) {
            var message = view.message(number);
            if (message != null && message.uid > 0 && trail.records()) {
                trail.record(cause, new What.Marked((int) number, message.uid, deleted));
            }
        }
    }

    private void listed(byte[] answer, boolean one, boolean ids) {
        if (!mail.isLearning()) {
            return;
        }
        var lines = new String(answer, StandardCharsets.ISO_8859_1).split("\r?\n");
        for (var i = one ? 0 : 1; i < (one ? 1 : lines.length); i++) {
            var words = words(lines[i]);
            var from = one ? 1 : 0;
            var number = number(words, from);
            if (number < 1 || words.length < from + 2) {
                continue;
            }
            view.hasAtFirst(number);
            var message = view.message(number);
            if (message != null && ids) {
                called(number, message, words[from + 1]);
            } else if (message != null) {
                message.size = number(words, from + 1);
            }
        }
    }

    private void called(long number, MessageFacts message, String id) {
        message.uniqueId = id;
        var folder = view.folder();
        for (var known : folder.messages.values()) {
            if (id.equals(known.uniqueId)) {
                view.isCalled(number, known.uid);
                return;
            }
        }
        var telling = TELLING_ID.matcher(id);
        if (telling.matches()) {
            var validity = Long.parseLong(telling.group(1));
            if (folder.uidValidity == 0 || folder.uidValidity == validity) {
                folder.uidValidity = validity;
                view.isCalled(number, Long.parseLong(telling.group(2)));
            }
        }
    }

    private void retrieved(long number, byte[] answer) {
        view.hasAtFirst(number);
        var message = view.message(number);
        if (mail.isLearning() && message != null && message.content == null) {
            message.content = mail.content(text(answer));
        }
    }

    private void top(long number, byte[] answer) {
        view.hasAtFirst(number);
        var message = view.message(number);
        if (mail.isLearning() && message != null && message.header == null) {
            var text = new String(text(answer), StandardCharsets.ISO_8859_1);
            var end = text.indexOf("\r\n\r\n");
            message.header = (end < 0 ? text : text.substring(0, end + 4)).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** The lines between the first and the dot, without the dots that were added (RFC 1939 section 3). */
    private static byte[] text(byte[] answer) {
        var out = new ByteArrayOutputStream(answer.length);
        var at = lineEnd(answer, 0);
        while (at < answer.length) {
            var end = lineEnd(answer, at);
            if (answer[at] == '.') {
                at++;
                if (at == answer.length || answer[at] == '\r' || answer[at] == '\n') {
                    break;
                }
            }
            out.write(answer, at, end - at);
            at = end;
        }
        return out.toByteArray();
    }

    private static int lineEnd(byte[] octets, int from) {
        var end = from;
        while (end < octets.length && octets[end] != '\n') {
            end++;
        }
        return Math.min(octets.length, end + 1);
    }

    private static String line(byte[] answer) {
        return new String(answer, 0, Math.min(answer.length, 512), StandardCharsets.ISO_8859_1);
    }

    private static String[] words(String line) {
        return line.strip().split("\\s+");
    }

    private static long number(String[] words, int place) {
        return place < words.length ? new Value.Atom(words[place]).number() : -1;
    }
}

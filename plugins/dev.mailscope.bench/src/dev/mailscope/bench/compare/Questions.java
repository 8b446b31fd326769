package dev.mailscope.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Asks both servers about messages that have the same numbers in both. */
final class Questions {
    /** Asked of every message. The sections may change nothing: the folder is open by EXAMINE. */
    private static final List<String> WHOLE = List.of("RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE", "BODY[]",
            "BODY[HEADER]", "BODY[TEXT]", "BODY[HEADER.FIELDS (Subject FROM Received)]",
            "BODY[HEADER.FIELDS.NOT (Subject FROM Received)]", "BODY[]<0.10>", "BODY[]<7.20>", "BODY[HEADER]<3.5>",
            "BODY[TEXT]<2.5>", "BODY[]<10000000.5>");
    /** Asked of every part. */
    private static final List<String> PART = List.of("", ".MIME", ".HEADER", ".TEXT", ".HEADER.FIELDS (SUBJECT)",
            ".HEADER.FIELDS.NOT (SUBJECT)");
    private static final int MOST_SIBLINGS = 5;
    private static final int DEEPEST = 6;

    private static final Pattern FETCHED = Pattern.compile(
            "\\* \\d+ FETCH \\((?:BODY\\[.*?](?:<\\d+>)?|[A-Z0-9.]+) (.*)\\)\r\n", Pattern.DOTALL);
    private static final String NIL = "NIL";
    private static final String EMPTY = "\"\"";

    private final ImapClient mailscope;
    private final ImapClient dovecot;

    Questions(ImapClient mailscope, ImapClient dovecot) {
        this.mailscope = mailscope;
        this.dovecot = dovecot;
    }

    /** The answers about one message, those about its parts down to some depth included. */
    List<Answer> about(int number) throws IOException {
        var answers = new ArrayList<Answer>();
        for (var item : WHOLE) {
            answers.add(fetch(number, item));
        }
        parts(number, "", 1, answers);
        return answers;
    }

    /**
     * The answers about a part and those below it. A part that Mailscope says NIL about is not there, and left out: the
     * structures, which are compared, agree on that. Dovecot says that such a part is empty, or takes the part 1 of a
     * part that has none for the part itself.
     */
    private void parts(int number, String above, int depth, List<Answer> answers) throws IOException {
        for (var i = 1; i <= MOST_SIBLINGS && depth <= DEEPEST; i++) {
            var part = above + i;
            var found = new ArrayList<Answer>();
            for (var text : PART) {
                var answer = fetch(number, "BODY[" + part + text + "]");
                if (!isNothing(answer)) {
                    found.add(answer);
                }
            }
            if (found.stream().allMatch(answer -> answer.ours().equals(NIL))) {
                return;
            }
            answers.addAll(found);
            answers.add(fetch(number, "BODY[" + part + "]<1.3>"));
            parts(number, part + ".", depth + 1, answers);
        }
    }

    /**
     * Which messages a search finds, by name.
     *
     * @param question the command with what cannot be printed escaped, as {@link Printed} does
     */
    Answer search(String question, List<String> names) throws IOException {
        var command = Printed.unescaped(question);
        return new Answer(question, found(mailscope.ask(command), names), found(dovecot.ask(command), names));
    }

    private Answer fetch(int number, String item) throws IOException {
        var command = "FETCH " + number + " " + item;
        return new Answer(item, fetched(mailscope.ask(command)), fetched(dovecot.ask(command)));
    }

    private static boolean isNothing(Answer answer) {
        return answer.ours().equals(NIL) && (answer.theirs().equals(NIL) || answer.theirs().equals(EMPTY));
    }

    private static String fetched(ImapClient.Reply reply) throws IOException {
        if (!reply.isOk() || reply.data().size() != 1) {
            return reply.data().size() + " responses, then " + firstWord(reply);
        }
        var fetched = FETCHED.matcher(reply.data().getFirst());
        if (!fetched.matches()) {
            throw new IOException("no FETCH response: " + reply.data().getFirst());
        }
        return Printed.of(fetched.group(1));
    }

    private static String found(ImapClient.Reply reply, List<String> names) {
        if (!reply.isOk()) {
            return firstWord(reply);
        }
        var found = new ArrayList<String>();
        for (var number : reply.data().getFirst().strip().substring("* SEARCH".length()).strip().split(" ")) {
            if (!number.isEmpty()) {
                found.add(names.get(Integer.parseInt(number) - 1));
            }
        }
        return String.join(" ", found);
    }

    private static String firstWord(ImapClient.Reply reply) {
        return reply.end().split(" ", 2)[0];
    }
}

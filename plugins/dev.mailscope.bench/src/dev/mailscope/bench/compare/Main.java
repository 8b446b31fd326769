package dev.mailscope.bench.compare;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.HeaderText;

/**
 * Compares Mailscope with Dovecot: both are asked the same about the same odd messages, and what they answer must be
 * what is recorded beside the messages ({@code ./mailscope compare}; see {@code docs/comparison.md}). With
 * {@code --record} it is recorded anew.
 */
public final class Main {
    private static final String SEARCHES = "searches";
    private static final String MESSAGES = "plugins/dev.mailscope.server.tests/resources/messages";
    private static final OffsetDateTime RECEIVED = OffsetDateTime.of(2026, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC);

    private final Corpus corpus;
    private final Differences differences;
    private final boolean record;
    private final List<String> problems = new ArrayList<>();
    private int answers;
    private int different;

    private Main(Corpus corpus, Differences differences, boolean record) {
        this.corpus = corpus;
        this.differences = differences;
        this.record = record;
    }

    /** Arguments: the root folder of the sources, and perhaps {@code --record}. Exit status 1 when anything is new. */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2 || args.length == 2 && !args[1].equals("--record")) {
            System.err.println("mailscope: compare takes no argument but --record");
            System.exit(2);
        }
        var root = Path.of(args[0]);
        var comparison = new Main(Corpus.in(root.resolve(MESSAGES)),
                Differences.in(root.resolve("docs/comparison.md")), args.length == 2);
        System.exit(comparison.run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        System.out.println("comparing with Dovecot " + Dovecot.version());
        var messages = new ArrayList<byte[]>();
        for (var name : corpus.names()) {
            messages.add(corpus.message(name));
        }
        var config = ServerConfig.sample().withPorts(0, 0);
        try (var server = MailServer.open(config); var dovecot = Dovecot.start(messages)) {
            server.start();
            server.createAccount("corpus", "corpus");
            for (var message : messages) {
                server.deliver("corpus", Folder.INBOX, Flags.NONE, RECEIVED, message);
            }
            try (var plain = connect(server); var international = connect(server)) {
                var mailscope = client(plain, "EXAMINE INBOX");
                // Dovecot shows everyone what Mailscope shows only those who take UTF-8 in headers.
                var accepting = client(international, "ENABLE UTF8=ACCEPT", "EXAMINE INBOX");
                dovecot.client().must("EXAMINE INBOX");
                compare(messages, new Questions(mailscope, dovecot.client()),
                        new Questions(accepting, dovecot.client()));
            }
        }
        differences.unseen().forEach(place -> problems.add("docs/comparison.md: not seen: " + place));
        problems.forEach(System.out::println);
        System.out.println(corpus.names().size() + " messages, " + answers + " answers: " + (answers - different)
                + " alike, " + different + " differ; " + problems.size() + " problems");
        return problems.isEmpty();
    }

    private static Socket connect(MailServer server) throws IOException {
        return new Socket(server.address("imap").getAddress(), server.address("imap").getPort());
    }

    private static ImapClient client(Socket socket, String... commands) throws IOException {
        var client = new ImapClient(socket.getInputStream(), socket.getOutputStream());
        client.must("LOGIN corpus corpus");
        for (var command : commands) {
            client.must(command);
        }
        return client;
    }

    private void compare(List<byte[]> messages, Questions questions, Questions international) throws IOException {
        for (var i = 0; i < corpus.names().size(); i++) {
            var ascii = HeaderText.of(Content.of(messages.get(i))) == HeaderText.ASCII;
            take(corpus.names().get(i), (ascii ? questions : international).about(i + 1));
        }
        var searches = new ArrayList<Answer>();
        for (var line : Files.readAllLines(corpus.answers(SEARCHES), StandardCharsets.US_ASCII)) {
            if (line.startsWith("SEARCH ")) {
                searches.add(questions.search(line, corpus.names()));
            }
        }
        take(SEARCHES, searches);
    }

    private void take(String name, List<Answer> given) throws IOException {
        answers += given.size();
        for (var answer : given) {
            different += answer.isAlike() ? 0 : 1;
            if (!answer.isAlike() && differences.explain(name, answer.question()).isEmpty()) {
                problems.add(name + " " + answer.question() + ": a difference that is not explained\n  Mailscope: "
                        + Printed.shortened(answer.ours()) + "\n  Dovecot:   " + Printed.shortened(answer.theirs()));
            }
        }
        var file = corpus.answers(name);
        var text = AnswerFile.of(name, given, differences);
        if (record) {
            Files.writeString(file, text);
        } else if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            var changed = Files.writeString(Path.of(System.getProperty("mailscope.target"), name + ".answers"), text);
            problems.add(name + ": not answered as recorded in " + file + "; now as in " + changed);
        }
    }
}

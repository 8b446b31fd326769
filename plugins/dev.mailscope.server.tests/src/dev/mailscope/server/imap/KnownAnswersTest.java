package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.HeaderText;
import dev.mailscope.server.message.MessageCorpus;
import dev.mailscope.server.transcript.SocketlessConnection;
import dev.mailscope.server.transcript.TestServer;

/**
 * What FETCH and SEARCH answer about the odd messages of the corpus, against the answers that are kept beside each.
 * Those were held against Dovecot's by {@code ./mailscope compare}; where the two differ, the file has both and says
 * why (see docs/comparison.md).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownAnswersTest {
    private static final int LONGEST = 2_000;
    private static final Pattern FETCHED = Pattern.compile(
            "\\* \\d+ FETCH \\((?:BODY\\[.*?](?:<\\d+>)?|[A-Z0-9.]+) (.*)\\)\r\nt OK [^\r]*\r\n", Pattern.DOTALL);
    private static final Pattern FOUND = Pattern.compile("\\* SEARCH([ 0-9]*)\r\nt OK [^\r]*\r\n");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|\\{(\\d+)}\r\n");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[rnt]|x[0-9a-f]{2})");

    private TestServer server;
    private SocketlessConnection client;
    private SocketlessConnection international;

    @BeforeAll
    void deliverTheCorpus() throws IOException {
        server = new TestServer();
        server.account("alice", "wonderland");
        for (var name : MessageCorpus.names()) {
            server.deliver("alice", "INBOX", MessageCorpus.message(name), Flags.NONE, TestServer.NOW);
        }
        client = server.connect("imap");
        client.ask("t LOGIN alice wonderland");
        client.ask("t EXAMINE INBOX");
        international = server.connect("imap");
        international.ask("t LOGIN alice wonderland");
        international.ask("t ENABLE UTF8=ACCEPT");
        international.ask("t EXAMINE INBOX");
    }

    @AfterAll
    void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> messageIsAnsweredAsKnown() {
        var names = MessageCorpus.names();
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            for (var known : known(name).entrySet()) {
                assertEquals(known.getValue(), shortened(fetch(asking(name), names.indexOf(name) + 1, known.getKey())),
                        known.getKey());
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> searchFindsWhatIsKnown() {
        return known("searches").entrySet().stream().map(known -> DynamicTest.dynamicTest(known.getKey(),
                () -> assertEquals(known.getValue(), shortened(search(known.getKey())))));
    }

    @Test
    void everyDifferenceIsExplained() {
        for (var name : Stream.concat(MessageCorpus.names().stream(), Stream.of("searches")).toList()) {
            var lines = MessageCorpus.answers(name);
            for (var i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("  Dovecot: ")) {
                    assertTrue(lines.get(i + 1).matches("  because: [a-z0-9-]+"), name + ": " + lines.get(i));
                }
            }
        }
    }

    private static Map<String, String> known(String name) {
        var known = new LinkedHashMap<String, String>();
        var question = "";
        for (var line : MessageCorpus.answers(name)) {
            if (!line.startsWith("  ")) {
                question = line;
            } else if (line.startsWith("  both: ") || line.startsWith("  Mailscope: ")) {
                known.put(question, line.substring(line.indexOf(": ") + 2));
            }
        }
        assertTrue(known.size() > 10, name);
        return known;
    }

    /** Dovecot shows everyone what Mailscope shows only those who take UTF-8 in headers. */
    private SocketlessConnection asking(String name) {
        return HeaderText.of(Content.of(MessageCorpus.message(name))) == HeaderText.ASCII ? client : international;
    }

    private static String fetch(SocketlessConnection client, int number, String item) throws IOException {
        var answer = client.ask("t FETCH " + number + " " + item);
        var fetched = FETCHED.matcher(answer);
        assertTrue(fetched.matches(), answer);
        return printed(fetched.group(1));
    }

    private String search(String question) throws IOException {
        var command = ESCAPE.matcher(question).replaceAll(found -> Matcher.quoteReplacement(
                switch (found.group().charAt(1)) {
                    case 'r' -> "\r";
                    case 'n' -> "\n";
                    case 't' -> "\t";
                    default -> String.valueOf((char) Integer.parseInt(found.group().substring(2), 16));
                }));
        client.send(("t " + command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        var answer = client.takeAll();
        var found = FOUND.matcher(answer);
        if (!found.matches()) {
            return answer.split(" ")[1];
        }
        return Stream.of(found.group(1).strip().split(" ")).filter(number -> !number.isEmpty())
                .map(number -> MessageCorpus.names().get(Integer.parseInt(number) - 1))
                .collect(Collectors.joining(" "));
    }

    /** Literals as quoted strings, and what cannot be printed escaped. */
    private static String printed(String response) {
        var printed = new StringBuilder();
        var string = STRING.matcher(response);
        var at = 0;
        while (string.find(at)) {
            printed.append(escaped(response.substring(at, string.start())));
            at = string.end();
            var content = string.group();
            if (string.group(1) != null) {
                at += Integer.parseInt(string.group(1));
                content = '"' + response.substring(string.end(), at).replaceAll("[\"\\\\]", "\\\\$0") + '"';
            }
            printed.append(escaped(content));
        }
        return printed.append(escaped(response.substring(at))).toString();
    }

    private static String escaped(String octets) {
        var escaped = new StringBuilder(octets.length());
        for (var i = 0; i < octets.length(); i++) {
            var c = octets.charAt(i);
            switch (c) {
                case '\r' -> escaped.append("\\r");
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        escaped.append(String.format("\\x%02x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static String shortened(String answer) throws NoSuchAlgorithmException {
        return answer.length() <= LONGEST ? answer
                : answer.substring(0, 100) + " ... " + answer.length() + " characters, SHA-256 "
                        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(answer.getBytes(StandardCharsets.US_ASCII)));
    }
}

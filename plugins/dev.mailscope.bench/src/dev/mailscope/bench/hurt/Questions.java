package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attacks by what costs much to answer; the attacker's INBOX is large. */
final class Questions {
    private Questions() {
    }

    static void into(Map<String, Attack> attacks) {
        attacks.put("SEARCH TEXT", server -> ask(server, "SEARCH TEXT nowhere"));
        attacks.put("SEARCH of 90 levels", server -> ask(server, "SEARCH " + "(NOT ".repeat(45) + "TEXT nowhere"
                + ")".repeat(45)));
        attacks.put("SORT", server -> ask(server, "SORT (SUBJECT FROM TO CC DATE) UTF-8 ALL"));
        attacks.put("THREAD", server -> ask(server, "THREAD REFERENCES UTF-8 ALL"));
        attacks.put("a set of 6,000 ranges", server -> ask(server, "SEARCH " + IntStream.range(0, 3_000)
                .mapToObj(i -> String.valueOf(i * 9 + 1)).collect(Collectors.joining(",")) + " NOT "
                + IntStream.range(0, 3_000).mapToObj(i -> i * 9 + 2 + ":" + (i * 9 + 5))
                .collect(Collectors.joining(","))));
        attacks.put("10,000 keys", server -> ask(server, "SEARCH " + "OR ALL ".repeat(90) + "ALL "
                + "NOT KEYWORD a ".repeat(4_000) + "ALL"));
        attacks.put("LIST patterns", Questions::list);
        attacks.put("parts in parts", server -> mail(server, nested()));
        attacks.put("100,000 parts", server -> mail(server, "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
                + "--x\r\n\r\n\r\n".repeat(100_000)));
        attacks.put("100,000 header fields", server -> mail(server, "X: y\r\n".repeat(100_000) + "\r\n\r\n"));
        attacks.put("an address list of 2 MB", server -> mail(server, "To: " + "a@b,<(((((".repeat(200_000)
                + "\r\n\r\n"));
        attacks.put("encoded words of 4 MB", server -> mail(server, "Subject: " + "=?utf-8?q?=41?= ".repeat(250_000)
                + "\r\n\r\n"));
        attacks.put("references of 4 MB", server -> mail(server, "References: " + "<a@b> ".repeat(600_000)
                + "\r\n\r\n"));
        attacks.put("long boundaries", server -> mail(server, boundaries()));
    }

    private static String ask(Server server, String question) throws IOException {
        try (var client = Client.imap(server.imap(), Victim.ATTACKER)) {
            client.ask("SELECT INBOX");
            var began = System.nanoTime();
            var answer = client.ask(question);
            return String.format("%.1f s, %s", Witness.seconds(began), first(answer));
        }
    }

    /** 300 folders whose names are as long as names may be. */
    private static String list(Server server) throws IOException {
        try (var client = Client.imap(server.imap(), Victim.ATTACKER)) {
            for (var i = 0; i < 300; i++) {
                client.ask("CREATE " + "a".repeat(900) + i);
            }
            var began = System.nanoTime();
            var answer = client.ask("LIST \"\" \"" + "*a%a".repeat(440) + "*b\"");
            client.ask("LIST \"\" \"" + "*%".repeat(30_000) + "b\"");
            return String.format("%.1f s, %s", Witness.seconds(began), first(answer));
        }
    }

    private static String mail(Server server, String mail) throws IOException {
        try (var client = Client.imap(server.imap(), Victim.ATTACKER)) {
            client.ask("CREATE Odd");
            var answer = client.ask("APPEND Odd {" + mail.length() + "}");
            if (!answer.startsWith("+")) {
                return answer;
            }
            client.send(mail + "\r\n");
            client.answer("t" + 3);
            client.ask("SELECT Odd");
            var began = System.nanoTime();
            client.ask("FETCH 1:* (ENVELOPE BODYSTRUCTURE BODY[1.1.1] PREVIEW)");
            client.ask("SEARCH TEXT zz");
            client.ask("SORT (SUBJECT TO) UTF-8 ALL");
            answer = client.ask("THREAD REFERENCES UTF-8 ALL");
            return String.format("%d kB, %.1f s, %s", mail.length() / 1_000, Witness.seconds(began), first(answer));
        }
    }

    private static String nested() {
        var mail = new StringBuilder();
        for (var i = 0; i < 5_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=x").append(i).append("\r\n\r\n--x").append(i)
                    .append("\r\n");
        }
        return mail + "\r\n";
    }

    /** Every line might be the delimiter of each of the open parts, up to its last octet. */
    private static String boundaries() {
        var mail = new StringBuilder();
        for (var i = 90; i > 0; i--) {
            var boundary = "-".repeat(10_000 - i) + "x";
            mail.append("Content-Type: multipart/mixed; boundary=\"").append(boundary).append("\"\r\n\r\n--")
                    .append(boundary).append("\r\n");
        }
        return mail.append(("-".repeat(10_100) + "\r\n").repeat(1_000)).toString();
    }

    private static String first(String answer) {
        return answer.length() < 60 ? answer : answer.substring(0, 60);
    }
}

package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.cli.ClassPath;

/**
 * A server with a store is killed at random moments while clients work, and started again: it has what it said OK to,
 * what it was asked last as a whole or not at all, and nothing else.
 */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledServerTest {
    private static final int ROUNDS = Integer.getInteger("mailscope.kills", 6);
    private static final int CLIENTS = 3;
    private static final Pattern APPENDED = Pattern.compile("\\[APPENDUID (\\d+) (\\d+)\\]");
    private static final Pattern FETCHED = Pattern.compile(
            "\\* \\d+ FETCH \\(UID (\\d+) FLAGS \\(([^)]*)\\) MODSEQ \\((\\d+)\\)\\)");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED \\(EARLIER\\) ([\\d:,]+)");

    @TempDir
    Path top;
    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void whatWasAnsweredOkSurvivesAKillAtAnyMoment() throws Exception {
        var random = new Random(20);
        var clients = new ArrayList<Worker>();
        for (var number = 0; number < CLIENTS; number++) {
            clients.add(new Worker("user" + number, number));
        }
        var work = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var address = serve();
            for (var client : clients) {
                client.check(address);
            }
            var done = new AtomicInteger();
            var threads = clients.stream().map(client -> Thread.ofVirtual().start(() -> client.work(address, done)))
                    .toList();
            var enough = 20 + random.nextInt(150);
            while (done.get() < enough && threads.stream().anyMatch(Thread::isAlive)) {
                LockSupport.parkNanos(100_000);
            }
            LockSupport.parkNanos(random.nextInt(3_000_000));
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            for (var thread : threads) {
                thread.join();
            }
            work += done.get();
        }
        var address = serve();
        for (var client : clients) {
            client.check(address);
            assertEquals("", client.problem);
        }
        assertSecondIsRefused();
        assertTrue(work > 20 * ROUNDS, "only " + work + " commands");
    }

    private void assertSecondIsRefused() throws Exception {
        var first = process;
        try {
            process = start("second");
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals("mailscope: the store " + top.resolve("store") + " is in use by another Mailscope\n",
                    Files.readString(top.resolve("second")));
            assertEquals(2, process.exitValue());
        } finally {
            process.destroyForcibly();
            process = first;
        }
    }

    private InetSocketAddress serve() throws IOException {
        process = start("errors");
        var line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        var port = Pattern.compile("imap=\\S+?:(\\d+)").matcher(String.valueOf(line));
        assertTrue(port.find(), line + Files.readString(top.resolve("errors")));
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
    }

    private Process start(String errors) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", ClassPath.ofServer(), "dev.mailscope.server.cli.Main",
                "serve", "--quiet", "--imap", "0", "--pop3", "0", "--store", top.resolve("store").toString(),
                // Most of the messages come into files.
                "--limit", "spool=500"));
        for (var number = 0; number < CLIENTS; number++) {
            command.addAll(List.of("--account", "user" + number + ":secret"));
        }
        var builder = new ProcessBuilder(command).redirectError(top.resolve(errors).toFile());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return builder.start();
    }

    /** One user's client, and what it knows of the INBOX. */
    private static final class Worker {
        private final String user;
        private final Random random;
        // Each message's flags by UID, as they were acknowledged.
        private final TreeMap<Long, TreeSet<String>> known = new TreeMap<>();
        private final TreeSet<Long> gone = new TreeSet<>();
        private volatile String problem = "";
        private long uidValidity;
        private long highestUid;
        private long appended;
        private long firstModSeq;
        // What was asked last and not answered: it may have been done.
        private String pending = "";
        private long pendingUid;
        private String pendingFlag;

        Worker(String user, int seed) {
            this.user = user;
            this.random = new Random(seed);
        }

        void work(InetSocketAddress address, AtomicInteger done) {
            try (var client = WireClient.connect(address)) {
                client.line();
                client.ask("a LOGIN " + user + " secret");
                client.send("b SELECT INBOX\r\n");
                client.until("b ");
                while (true) {
                    step(client);
                    done.incrementAndGet();
                }
            } catch (IOException | NullPointerException e) {
                // it has been killed
            } catch (AssertionError e) {
                problem = e.getMessage();
            }
        }

        private void step(WireClient client) throws IOException {
            var kind = random.nextInt(10);
            if (known.isEmpty() || kind < 4) {
                var text = text(appended++);
                pending = "APPEND";
                client.send("c APPEND INBOX (\\Flagged) {" + text.length() + "+}\r\n" + text + "\r\n");
                var ok = APPENDED.matcher(ok(client.until("c ")));
                assertTrue(ok.find());
                highestUid = Long.parseLong(ok.group(2));
                known.put(highestUid, new TreeSet<>(List.of("\\Flagged")));
            } else if (kind < 8) {
                pendingUid = any();
                pendingFlag = List.of("\\Seen", "\\Answered", "word" + random.nextInt(3)).get(random.nextInt(3));
                pending = "STORE";
                client.send("c UID STORE " + pendingUid + " +FLAGS.SILENT (" + pendingFlag + ")\r\n");
                ok(client.until("c "));
                known.get(pendingUid).add(pendingFlag);
            } else {
                pendingUid = any();
                pending = "EXPUNGE";
                // The flag alone may be there after a kill between the two.
                client.send("c UID STORE " + pendingUid + " +FLAGS.SILENT (\\Deleted)\r\nd UID EXPUNGE " + pendingUid
                        + "\r\n");
                ok(client.until("d "));
                known.remove(pendingUid);
                gone.add(pendingUid);
            }
            pending = "";
        }

        private long any() {
            return List.copyOf(known.keySet()).get(random.nextInt(known.size()));
        }

        private static String ok(String answer) {
            var last = answer.lines().reduce("", (a, b) -> b);
            assertTrue(last.contains(" OK "), last);
            return answer;
        }

        private String text(long number) {
            return "Subject: " + user + " " + number + "\r\n\r\n" + "x".repeat((int) (number * 37 % 9_000)) + "\r\n";
        }

        /** The server has all that was acknowledged; what was not is there as a whole or not at all. */
        void check(InetSocketAddress address) throws IOException {
            assertEquals("", problem);
            try (var client = WireClient.connect(address)) {
                client.line();
                client.ask("a LOGIN " + user + " secret");
                client.send("b ENABLE QRESYNC\r\nc SELECT INBOX\r\n");
                var selected = client.until("c ");
                var validity = number(selected, "UIDVALIDITY (\\d+)");
                assertTrue(uidValidity == 0 || uidValidity == validity, "UIDVALIDITY changed");
                uidValidity = validity;
                client.send("d UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1)\r\n");
                var fetched = client.until("d ");
                var found = new TreeMap<Long, TreeSet<String>>();
                var lines = FETCHED.matcher(fetched);
                while (lines.find()) {
                    var flags = new TreeSet<>(List.of(lines.group(2).split(" ")));
                    flags.remove("\\Recent");
                    flags.remove("");
                    found.put(Long.parseLong(lines.group(1)), flags);
                }
                settle(found);
                assertEquals(known, found, user + " after " + pending);
                assertTrue(number(selected, "UIDNEXT (\\d+)") > highestUid, "UIDNEXT goes back");
                vanished(client, validity);
                whole(client);
                pending = "";
            }
        }

        private void settle(TreeMap<Long, TreeSet<String>> found) {
            switch (pending) {
                case "APPEND" -> {
                    if (!found.isEmpty() && found.lastKey() > highestUid) {
                        highestUid = found.lastKey();
                        known.put(highestUid, new TreeSet<>(List.of("\\Flagged")));
                    }
                }
                case "STORE" -> {
                    if (found.containsKey(pendingUid) && found.get(pendingUid).contains(pendingFlag)) {
                        known.get(pendingUid).add(pendingFlag);
                    }
                }
                case "EXPUNGE" -> {
                    if (!found.containsKey(pendingUid)) {
                        known.remove(pendingUid);
                        gone.add(pendingUid);
                    } else if (found.get(pendingUid).contains("\\Deleted")) {
                        known.get(pendingUid).add("\\Deleted");
                    }
                }
                default -> {
                    // nothing was left unanswered
                }
            }
        }

        /** A client that was there before the first expunge hears of every one. */
        private void vanished(WireClient client, long validity) throws IOException {
            if (firstModSeq == 0) {
                client.send("e STATUS INBOX (HIGHESTMODSEQ)\r\n");
                firstModSeq = number(client.until("e "), "HIGHESTMODSEQ (\\d+)");
            }
            if (gone.isEmpty()) {
                return;
            }
            client.send("f SELECT INBOX (QRESYNC (" + validity + " " + firstModSeq + "))\r\n");
            var told = new TreeSet<Long>();
            var lines = VANISHED.matcher(client.until("f "));
            while (lines.find()) {
                for (var range : lines.group(1).split(",")) {
                    var ends = range.split(":");
                    for (var uid = Long.parseLong(ends[0]); uid <= Long.parseLong(ends[ends.length - 1]); uid++) {
                        told.add(uid);
                    }
                }
            }
            assertEquals(gone, told);
        }

        private void whole(WireClient client) throws IOException {
            client.send("g FETCH 1:* (UID RFC822.SIZE BODY.PEEK[])\r\n");
            for (var line = client.line(); !line.startsWith("g "); line = client.line()) {
                var literal = Pattern.compile("RFC822.SIZE (\\d+) .*\\{(\\d+)\\}$").matcher(line);
                if (literal.find()) {
                    assertEquals(literal.group(1), literal.group(2));
                    var text = client.octets(Integer.parseInt(literal.group(2)));
                    var number = Pattern.compile("Subject: " + user + " (\\d+)\r\n").matcher(text);
                    assertTrue(number.find());
                    assertEquals(text(Long.parseLong(number.group(1))), text);
                }
            }
        }

        private static long number(String text, String pattern) {
            var matcher = Pattern.compile(pattern).matcher(text);
            assertTrue(matcher.find(), text);
            return Long.parseLong(matcher.group(1));
        }
    }
}

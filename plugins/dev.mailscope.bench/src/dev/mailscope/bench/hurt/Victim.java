package dev.mailscope.bench.hurt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;

/**
 * The server that is to be hurt, in a JVM of its own. Prints where it listens; to {@code heap} on standard input it
 * answers how many MiB of heap are in use, and it ends with the end of that input.
 */
public final class Victim {
    /** The well-behaved client's account, the attacker's, and the password of both. */
    static final String WITNESS = "alice";
    static final String ATTACKER = "mallory";
    static final String PASSWORD = "a password of its own";

    private static final int MEGABYTE = 1 << 20;

    private Victim() {
    }

    /**
     * Takes how many messages the attacker's INBOX has, how many connections there may be (0: as usual), and the folder
     * of a store and a recording; empty for none.
     */
    public static void main(String[] args) throws IOException {
        var accounts = List.of(new AccountConfig(WITNESS, PASSWORD), new AccountConfig(ATTACKER, PASSWORD));
        var config = ServerConfig.sample().withPorts(0, 0).withSmtpPort(0).withAccounts(accounts);
        if (!args[1].equals("0")) {
            config = config.withLimits(config.limits().withConnections(Integer.parseInt(args[1])));
        }
        if (!args[2].isEmpty()) {
            config = config.withStore(Path.of(args[2], "store")).withRecording(Path.of(args[2], "hurt.mailtrace"))
                    .withLimits(config.limits().withMessage(LargeMail.MOST));
        }
        try (var server = MailServer.open(config)) {
            for (var i = 0; i < Integer.parseInt(args[0]); i++) {
                server.deliver(ATTACKER, "INBOX", message(i));
            }
            server.start();
            System.out.println(server.address("imap").getPort() + " " + server.address("pop3").getPort() + " "
                    + server.address("smtp").getPort());
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (in.readLine() != null) {
                System.gc();
                var runtime = Runtime.getRuntime();
                System.out.println((runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE);
            }
        }
    }

    /** Each answers the one before, and every tenth begins anew. */
    private static byte[] message(int i) {
        var before = i % 10 == 0 ? "" : "References: <" + (i - 1) + "@b>\r\n";
        return ("Message-ID: <" + i + "@b>\r\n" + before + "From: Mallory <m@b>\r\nSubject: Re: thing " + i / 10
                + "\r\nDate: Thu, 1 Jan 2026 00:00:00 +0000\r\n\r\nText number " + i + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}

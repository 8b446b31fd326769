package dev.mailscope.bench.hurt;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A well-behaved client on a thread of its own: how long it has to wait for what, at worst. */
final class Witness implements AutoCloseable {
    private static final long PAUSE = 10;
    private static final int ROUNDS_PER_LOGIN = 20;

    private final Server server;
    private final Thread thread;
    private volatile boolean over;
    private volatile String failure = "";
    private volatile long noops;
    private volatile double worstNoop;
    private volatile double worstLogin;

    /** Begins to work with that server. */
    Witness(Server server) throws IOException {
        this.server = server;
        var client = Client.imap(server.imap(), Victim.WITNESS);
        client.ask("SELECT INBOX");
        thread = Thread.ofPlatform().name("witness").start(() -> work(client));
    }

    private void work(Client client) {
        try (client) {
            while (!over) {
                var began = System.nanoTime();
                client.ask("NOOP");
                worstNoop = Math.max(worstNoop, seconds(began));
                noops++;
                if (noops % ROUNDS_PER_LOGIN == 0) {
                    login();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE);
            }
        } catch (IOException e) {
            failure = e.toString();
        } catch (InterruptedException e) {
            failure = "interrupted";
        }
    }

    private void login() throws IOException {
        var began = System.nanoTime();
        try (var another = Client.imap(server.imap(), Victim.WITNESS)) {
            another.ask("LOGOUT");
        }
        worstLogin = Math.max(worstLogin, seconds(began));
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Ends; what it found. */
    Findings findings() throws InterruptedException {
        close();
        return new Findings(noops, worstNoop, worstLogin, failure);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }

    /**
     * What a well-behaved client found.
     *
     * @param noops   how often it was answered
     * @param noop    the longest it waited for that, in seconds
     * @param login   the longest that connecting, logging in and out took, in seconds
     * @param failure what went wrong, empty for nothing
     */
    record Findings(long noops, double noop, double login, String failure) {
    }
}

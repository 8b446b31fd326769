package dev.mailscope.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Soaks a server for so many minutes. With {@code --store DIR} the server keeps its mail there, and is killed and
 * started again every minute; without, it runs through. Exit code 1 when anything was lost, or was there that should not
 * be.
 */
public final class Main {
    private static final int USERS = 12;
    private static final long SHOW_SECONDS = 10;

    private Main() {
    }

    /** {@code MINUTES [--store DIR] [--seed N]}; minutes may be a fraction. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var minutes = Double.parseDouble(args[0]);
        String store = null;
        var seed = System.nanoTime();
        for (var i = 1; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--store" -> store = args[i + 1];
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (store != null && !isNew(Path.of(store))) {
            System.err.println(store + " is not empty: the models begin with no mail, so give a new folder");
            System.exit(2);
        }
        var tally = new Tally();
        System.out.printf("soaking for %s minutes, seed %d, %s%n", args[0], seed,
                store == null ? "in memory" : "killed every minute, mail in " + store);
        try (var server = new Server(USERS, store)) {
            var workers = new ArrayList<Worker>();
            for (var i = 0; i < USERS; i++) {
                workers.add(new FolderWorker(server, tally, i, seed + 2 * i));
                workers.add(new InboxWorker(server, tally, i, seed + 2 * i + 1));
            }
            workers.forEach(Worker::start);
            var end = System.nanoTime() + (long) (minutes * 60e9);
            for (var round = 1; System.nanoTime() < end; round++) {
                TimeUnit.NANOSECONDS.sleep(Math.min(TimeUnit.SECONDS.toNanos(SHOW_SECONDS), end - System.nanoTime()));
                System.out.println(tally);
                if (store != null && round % 6 == 0) {
                    server.kill();
                    tally.kills.incrementAndGet();
                }
            }
            for (var worker : workers) {
                worker.end();
            }
        }
        System.out.println("in the end: " + tally);
        System.exit(tally.lost() == 0 ? 0 : 1);
    }

    private static boolean isNew(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }
}

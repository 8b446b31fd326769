package dev.mailscope.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Some clients at once, each on a thread of its own, for a while. */
final class Round {
    private Round() {
    }

    /**
     * The result: how often a second the work was done by all clients together, or for {@link Row#IDLE} the median of
     * the milliseconds. Every client ends what it has begun. IOException when a client fails.
     */
    static double run(Row row, Server server, int clients, long nanos) throws IOException {
        return row.isTime() ? wakeUp(server, clients, nanos) : rate(row, server, clients, nanos);
    }

    private static double rate(Row row, Server server, int clients, long nanos) throws IOException {
        var workers = new ArrayList<Row.Worker>();
        try {
            for (var i = 0; i < clients; i++) {
                workers.add(row.worker(server, i));
            }
            var start = new CountDownLatch(1);
            var begun = new AtomicLong();
            var work = new ArrayList<Callable<double[]>>();
            for (var worker : workers) {
                work.add(() -> {
                    start.await();
                    var n = 0;
                    do {
                        worker.once(n++);
                    } while (System.nanoTime() - begun.get() < nanos);
                    return new double[] { n, System.nanoTime() - begun.get() };
                });
            }
            var done = 0d;
            for (var each : together(work, () -> {
                begun.set(System.nanoTime());
                start.countDown();
            })) {
                done += each[0] / each[1] * 1e9;
            }
            return done;
        } finally {
            for (var worker : workers) {
                worker.close();
            }
        }
    }

    /** All clients idle on one folder, and another one appends to it. */
    private static double wakeUp(Server server, int clients, long nanos) throws IOException {
        var idling = new ArrayList<Imap>();
        var times = new ArrayList<Double>();
        try (var other = Imap.loggedIn(server.imap(), Server.SHARED)) {
            other.renew(Row.WATCHED);
            for (var i = 0; i < clients; i++) {
                var imap = Imap.loggedIn(server.imap(), Server.SHARED);
                idling.add(imap);
                imap.ask("SELECT " + Row.WATCHED);
                imap.idle();
            }
            var message = Corpus.small(0);
            var end = System.nanoTime() + nanos;
            do {
                var begun = new AtomicLong();
                var waits = new ArrayList<Callable<Double>>();
                for (var imap : idling) {
                    waits.add(() -> {
                        imap.awaitArrival();
                        return (System.nanoTime() - begun.get()) / 1e6;
                    });
                }
                times.addAll(together(waits, () -> {
                    begun.set(System.nanoTime());
                    other.append(Row.WATCHED, message);
                }));
            } while (System.nanoTime() < end);
            for (var imap : idling) {
                imap.done();
                imap.close();
            }
            other.ask("DELETE " + Row.WATCHED);
        } finally {
            for (var imap : idling) {
                imap.close();
            }
        }
        return median(times);
    }

    private interface Begin {
        void now() throws IOException;
    }

    private static <T> List<T> together(List<? extends Callable<T>> work, Begin begin) throws IOException {
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            var results = new ArrayList<Future<T>>();
            work.forEach(each -> results.add(threads.submit(each)));
            begin.now();
            var all = new ArrayList<T>();
            for (var result : results) {
                all.add(result.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The middle one of some numbers. */
    static double median(List<Double> of) {
        var sorted = of.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

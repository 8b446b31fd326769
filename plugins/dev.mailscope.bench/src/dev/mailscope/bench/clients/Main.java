package dev.mailscope.bench.clients;

/** Runs real mail clients against the servers, each on a server of its own. */
public final class Main {
    private Main() {
    }

    /** Runs the clients that the arguments name, or all. */
    public static void main(String[] args) {
        System.out.println(String.join(" ", args));
    }
}

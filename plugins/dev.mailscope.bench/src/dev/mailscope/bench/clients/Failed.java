package dev.mailscope.bench.clients;

/** A step of a client's round did not do what it should; the message says what, in one line. */
final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String what) {
        super(what);
    }

    Failed(String what, Throwable cause) {
        super(what, cause);
    }
}

package dev.mailscope.server.fuzz;

/** POP3's framer, parser and session: with an even first octet in the Transaction phase, else before login. */
public final class FuzzPop3 {
    private FuzzPop3() {
    }

    /** Whatever a client may say. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0 || data[0] % 2 != 0) {
            FuzzSession.run("pop3", data);
        } else {
            FuzzSession.run("pop3", data, "USER alice", "PASS wonderland");
        }
    }
}

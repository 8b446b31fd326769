package dev.mailscope.server.fuzz;

/** An IMAP session with a folder open. */
public final class FuzzImapSession {
    private FuzzImapSession() {
    }

    /** Whatever a client may say. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzSession.run("imap", data, "a LOGIN alice wonderland", "b SELECT INBOX");
    }
}

package dev.mailscope.server.imap;

/**
 * The folder that the session has open, or its whole account, has been deleted from outside. There is no way to tell a
 * client that its folder is no more but to end the session (RFC 2180 section 3.3).
 */
final class FolderGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderGone(String message) {
        super(message, null, false, false);
    }
}

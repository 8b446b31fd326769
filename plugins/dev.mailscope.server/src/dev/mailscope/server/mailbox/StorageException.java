package dev.mailscope.server.mailbox;

/**
 * What a transaction changed could not be written to the disk, and whoever asked for it cannot be told that it is done.
 * It may still be written later. The message says why in words for the user.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure for that reason. */
    public StorageException(String message) {
        super(message);
    }
}

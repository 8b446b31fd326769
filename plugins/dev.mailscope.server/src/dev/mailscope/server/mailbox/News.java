package dev.mailscope.server.mailbox;

import java.util.function.LongPredicate;

/**
 * Which of a folder's news a session's client is told now; the rest waits in the difference between {@link FolderView}
 * and {@link Folder}.
 *
 * @param expunges says of each message that is gone, by UID, whether the client is told so
 * @param arrivals true to tell of messages that have come
 * @param flags    true to tell of flags that have changed; of what has not been told to have come, nobody tells flags
 */
public record News(LongPredicate expunges, boolean arrivals, boolean flags) {
    /** All there is to tell. */
    public static final News ALL = new News(uid -> true, true, true);
    /** All but expunges, where the RFC forbids those (RFC 9051 section 7.5.1). */
    public static final News WITHOUT_EXPUNGES = new News(uid -> false, true, true);

    /** Refuses flags without arrivals. */
    public News {
        if (flags && !arrivals) {
            throw new IllegalArgumentException("flags of messages that have not come");
        }
    }
}

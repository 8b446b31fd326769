package dev.mailscope.server.message;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The headers of a large message, which is not in memory, are too large to be taken into it. */
public final class HeaderTooLarge extends UncheckedIOException {
    /** How many octets the headers of such a message and of all its parts may have together. */
    public static final int MOST = 4 << 20;

    private static final long serialVersionUID = 1L;

    HeaderTooLarge() {
        super(new IOException("the headers of a large message have more than " + MOST + " octets"));
    }
}

package dev.mailscope.server.session;

import java.util.Iterator;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Responses;

/** Responses that can be made one after the other in one place, without an object for each. */
public interface Burst extends Iterator<Octets> {
    /**
     * Makes the next response into that, whole. False: there is none, or it refers to the content of a message, and {@link #next}
     * gives it.
     */
    boolean makeNext(Responses.Builder into);
}

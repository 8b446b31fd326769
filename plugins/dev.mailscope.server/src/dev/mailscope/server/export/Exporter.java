package dev.mailscope.server.export;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What one format makes of a selection. It reads the events in order through {@link Reading}, keeps only what it needs
 * of each, and writes as it reads: a recording may be far larger than memory.
 */
interface Exporter {
    /**
     * Writes the selection. Does not close the stream. IOException when that cannot be written, or when the events
     * cannot be told in this format, saying why.
     */
    void write(Reading events, OutputStream out) throws IOException;
}

package dev.mailscope.server.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.mailscope.server.trace.Progress;

/** Exports in memory. */
final class Exports {
    private Exports() {
    }

    static byte[] octets(Format format, Selection selection) throws IOException {
        var out = new ByteArrayOutputStream();
        Export.write(format, selection, out, Progress.NONE);
        return out.toByteArray();
    }

    static String text(Format format, Selection selection) throws IOException {
        return new String(octets(format, selection), StandardCharsets.UTF_8);
    }
}

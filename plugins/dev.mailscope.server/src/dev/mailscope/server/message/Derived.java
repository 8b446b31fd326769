package dev.mailscope.server.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Octets that are made anew each time somebody asks for them; for some of them all before are made and left out. */
record Derived(Content.Writer writer) implements Content.Source {
    @Override
    public byte[] octets() {
        final var all = new ByteArrayOutputStream();
        try {
            writer.writeTo(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    @Override
    public void writeTo(OutputStream out, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        final var part = new Part(out, offset, length);
        try {
            writer.writeTo(part);
        } catch (Enough e) {
            return;
        }
        throw new IOException("a mail has fewer octets than it should");
    }

    /** All that was wanted has been written. */
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final class Part extends OutputStream {
        private final OutputStream out;
        private int before;
        private int left;

        Part(OutputStream out, int before, int left) {
            this.out = out;
            this.before = before;
            this.left = left;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            final int skipped = Math.min(before, length);
            before -= skipped;
            final int count = Math.min(left, length - skipped);
            out.write(octets, offset + skipped, count);
            left -= count;
            if (left == 0) {
                throw new Enough();
            }
        }
    }
}

package dev.mailscope.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that their owner can read and nobody else. */
public final class PrivateFiles {
    /** What such a file has. */
    public static final FileAttribute<?> OWNER = PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rw-------"));

    private PrivateFiles() {
    }

    /** Fails when others can read the file, where the file system knows that. */
    public static void assertPrivate(Path file) throws IOException {
        var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            assertEquals("rw-------", PosixFilePermissions.toString(posix.readAttributes().permissions()),
                    file::toString);
        }
    }
}

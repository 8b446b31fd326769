package dev.mailscope.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that nobody but their owner can read, and folders on the disk. */
final class PrivateFiles {
    private PrivateFiles() {
    }

    /** Makes a folder and those above it, where they are missing. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(folder, only("rwx------", folder));
    }

    /** Makes a file, in place of one that is there, and opens it for writing. */
    static FileChannel make(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE), only("rw-------", file));
    }

    /** Makes sure that the names in a folder are on the disk as they are now, where the system can do that. */
    static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] only(String permissions, Path file) {
        return isPosix(file) ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

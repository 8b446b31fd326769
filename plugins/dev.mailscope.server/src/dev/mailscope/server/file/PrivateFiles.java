package dev.mailscope.server.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/**
 * Files and folders that nobody but their owner can read: by POSIX permissions from the first moment, by an access list
 * where the file system has those. All IOExceptions are those of {@link Files}.
 */
public final class PrivateFiles {
    private PrivateFiles() {
    }

    /** Writes what a file is to hold. */
    @FunctionalInterface
    public interface Writer {
        /** Writes to a stream, which stays open. */
        void write(OutputStream out) throws IOException;
    }

    /** Makes a folder and those above it, where they are missing. */
    public static void folder(Path folder) throws IOException {
        Files.createDirectories(folder, only("rwx------", folder));
    }

    /** Makes an empty file. FileAlreadyExistsException when there is one. */
    public static Path create(Path file) throws IOException {
        Files.createFile(file, only("rw-------", file));
        if (!isPosix(file)) {
            restrict(file);
        }
        return file;
    }

    /** Opens a file for writing, from nothing: one that is there is taken away from others and loses what it holds. */
    public static FileChannel open(Path file) throws IOException {
        if (Files.exists(file)) {
            restrict(file);
        } else {
            create(file);
        }
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Writes a file as a whole or not at all, replacing what was there: beside its place, and moved there. What the
     * writer throws leaves everything as it was. What is no file, as a pipe, is written to as it is.
     */
    public static void write(Path file, Writer writer) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (var out = Files.newOutputStream(file)) {
                writer.write(out);
            }
            return;
        }
        var place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (!Files.isDirectory(place.getParent())) {
            throw new NoSuchFileException(file.toString(), null, "its folder does not exist");
        }
        var beside = Files.createTempFile(place.getParent(), "." + place.getFileName(), ".part",
                only("rw-------", place));
        try {
            restrict(beside);
            try (var out = Files.newOutputStream(beside)) {
                writer.write(out);
            }
            move(beside, place);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Writes a text in UTF-8 as a file, in the same way. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Moves a file, at once where the system can do that, replacing what was there. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Takes the file away from everybody but its owner. */
    public static void restrict(Path file) throws IOException {
        var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
            return;
        }
        var acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class)).build()));
        }
    }

    /** Makes sure that the names in a folder are on the disk as they are now, where the system can do that. */
    public static void sync(Path folder) throws IOException {
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

package dev.mailscope.server.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.List;

/** Files that nobody but their owner can read. */
public final class PrivateFile {
    private PrivateFile() {
    }

    /** Writes what a file is to hold. */
    public interface Writer {
        /** Writes it. */
        void write(OutputStream out) throws IOException, GeneralSecurityException;
    }

    /**
     * Writes a file as a whole or not at all; it never holds anything while others could read it. IOException, which
     * names the file, when it cannot be written.
     *
     * @param what what it is, for that
     */
    public static void write(Path file, String what, Writer writer) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Path unfinished = null;
        try {
            Files.createDirectories(folder);
            unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".new");
            restrict(unfinished);
            try (var out = Files.newOutputStream(unfinished)) {
                writer.write(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | GeneralSecurityException e) {
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
            throw new IOException(what + " " + file + " cannot be written: " + e, e);
        }
    }

    /** Takes the file away from everybody but its owner. */
    static void restrict(Path file) throws IOException {
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
}

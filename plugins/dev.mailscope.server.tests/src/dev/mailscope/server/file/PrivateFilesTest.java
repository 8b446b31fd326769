package dev.mailscope.server.file;

import static dev.mailscope.server.PrivateFiles.assertPrivate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PrivateFilesTest {
    @TempDir
    Path folder;

    @Test
    void nobodyElseCanReadItAtAnyTime() throws IOException {
        var file = folder.resolve("text");
        PrivateFiles.write(file, out -> {
            out.write('x');
            for (var each : files()) {
                assertPrivate(each);
            }
        });
        assertPrivate(file);
        assertPrivate(PrivateFiles.create(folder.resolve("new")));
        PrivateFiles.open(folder.resolve("opened")).close();
        assertPrivate(folder.resolve("opened"));
        PrivateFiles.folder(folder.resolve("a/b"));
        for (var each : List.of("a", "a/b")) {
            assertEquals("rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(each))));
        }
    }

    @Test
    void whatOthersCouldReadTheyCanReadNoMore() throws IOException {
        for (var name : List.of("written", "opened")) {
            var file = Files.writeString(folder.resolve(name), "before, and longer");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        PrivateFiles.write(folder.resolve("written"), "after \u00e9");
        assertEquals("after \u00e9", Files.readString(folder.resolve("written")));
        PrivateFiles.open(folder.resolve("opened")).close();
        assertEquals(0, Files.size(folder.resolve("opened")));
        for (var each : files()) {
            assertPrivate(each);
        }
    }

    @Test
    void whatFailsLeavesEverythingAsItWas() throws IOException {
        var file = Files.writeString(folder.resolve("text"), "before");
        var failed = assertThrows(IOException.class, () -> PrivateFiles.write(file, out -> {
            out.write('x');
            throw new IOException("no");
        }));
        assertEquals("no", failed.getMessage());
        assertEquals("before", Files.readString(file));
        assertEquals(List.of(file), files());
        assertThrows(FileAlreadyExistsException.class, () -> PrivateFiles.create(file));
        var nowhere = folder.resolve("nowhere/text");
        var missing = assertThrows(NoSuchFileException.class, () -> PrivateFiles.write(nowhere, "x"));
        assertTrue(missing.getMessage().contains(nowhere + ": its folder does not exist"), missing.getMessage());
    }

    @Test
    void aLinkStaysOne() throws IOException {
        var file = Files.writeString(folder.resolve("text"), "before");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        PrivateFiles.write(link, "after");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("after", Files.readString(file));
    }

    @Test
    void aPipeIsWrittenToAsItIs() throws Exception {
        var pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");
        var read = CompletableFuture.supplyAsync(() -> {
            try (InputStream in = Files.newInputStream(pipe)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        PrivateFiles.write(pipe, "text");
        assertEquals("text", read.get());
        assertEquals(List.of(pipe), files());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}

package dev.mailscope.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.server.message.Content;

/** The same octets come by two ways at once: they are kept once, and nobody loses them. */
class MailFilesTest {
    private static final byte[] OCTETS = "Subject: twice\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Content MAIL = Content.of(OCTETS);

    @TempDir
    Path folder;
    private MailFiles files;
    private MailFiles.Body first;

    /** One has come, and whoever brings it has got no further than to make it known. */
    @BeforeEach
    void oneHasJustCome() throws IOException {
        files = new MailFiles(folder, new Disk());
        var file = came("1.new");
        first = files.enter(content(file), file);
    }

    @Test
    void anotherThatComesMeanwhileGoesAndTheFirstIsKept() throws IOException {
        var file = came("2.new");
        var second = files.arrived(content(file), file);
        var held = files.hold(second.content);
        assertEquals(List.of(MAIL.id()), names());
        assertArrayEquals(OCTETS, first.content.octets());
        files.release(first);
        files.release(second);
        assertArrayEquals(OCTETS, held.content().octets());
        assertEquals(List.of(MAIL.id()), names());
        held.close();
        assertEquals(List.of(), names());
    }

    @Test
    void whoKeepsThemFromMemoryMeanwhileKeepsTheFirst() throws IOException {
        var held = files.hold(MAIL);
        assertEquals(List.of(MAIL.id()), names());
        files.release(first);
        assertArrayEquals(OCTETS, held.content().octets());
        held.close();
        assertEquals(List.of(), names());
    }

    private StoredContent came(String name) throws IOException {
        return new StoredContent(Files.write(folder.resolve(name), OCTETS), MAIL.id(), OCTETS.length);
    }

    private static Content content(StoredContent file) {
        return Content.stored(MAIL.id(), OCTETS.length, true, false, OCTETS.length, file);
    }

    private List<String> names() throws IOException {
        try (var there = Files.list(folder)) {
            return there.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

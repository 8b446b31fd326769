package dev.mailscope.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.message.Content;

/**
 * The mail that accounts start with, and come back to when the server is reset.
 *
 * @param folders  the folders besides INBOX, in full
 * @param uses     what folders are for (RFC 6154), by their names
 * @param messages in the order in which they arrive
 */
record InitialMail(List<String> folders, Map<String, SpecialUse> uses, List<Item> messages) {
    /** A message to be put into a folder. */
    record Item(String folder, Flags flags, OffsetDateTime received, Content content) {
    }

    static final InitialMail NONE = new InitialMail(List.of(), Map.of(), List.of());

    /** What that is. IOException, which names the file or folder, when it cannot be read. */
    static InitialMail of(AccountMail mail, Clock clock) throws IOException {
        return switch (mail) {
            case AccountMail.None none -> NONE;
            case AccountMail.Sample sample -> sample(clock);
            case AccountMail.Files(var folder) -> read(folder);
            case AccountMail.Like(var account) -> like(account);
        };
    }

    private static InitialMail like(Account account) {
        var uses = new HashMap<String, SpecialUse>();
        var messages = new ArrayList<Item>();
        for (var folder : account.folders().values()) {
            folder.uses().stream().findFirst().ifPresent(use -> uses.put(folder.name(), use));
            folder.messages().values().forEach(message -> messages.add(
                    new Item(folder.name(), message.flags(), message.internalDate(), message.content())));
        }
        return new InitialMail(account.folders().keySet().stream().filter(name -> !name.equals(Folder.INBOX)).toList(),
                uses, messages);
    }

    /** The sample mail: three messages in the INBOX, the usual folders, and a custom one. */
    static InitialMail sample(Clock clock) {
        var now = OffsetDateTime.now(clock).withNano(0);
        return new InitialMail(List.of("Sent", "Drafts", "Trash", "Projects"),
                Map.of("Sent", SpecialUse.SENT, "Drafts", SpecialUse.DRAFTS, "Trash", SpecialUse.TRASH), List.of(
                sample("meeting.eml", Folder.INBOX, Flags.NONE, now.minusHours(3)),
                sample("advertisement.eml", Folder.INBOX, Flags.NONE, now.minusHours(2)),
                sample("meme.eml", Folder.INBOX, Flags.NONE, now.minusHours(1)),
                sample("reply.eml", "Sent", Flags.SEEN, now.minusMinutes(150)),
                sample("plan.eml", "Projects", Flags.SEEN, now.minusDays(1))));
    }

    /**
     * Every {@code .eml} file below a folder, by name; its subfolders become folders. Throws IOException, which names
     * the file or folder, when one cannot be read.
     */
    static InitialMail read(Path top) throws IOException {
        if (!Files.isDirectory(top)) {
            throw new IOException("there is no folder " + top);
        }
        List<Path> paths;
        try (var walk = Files.walk(top)) {
            paths = walk.sorted().toList();
        }
        var folders = new ArrayList<String>();
        var messages = new ArrayList<Item>();
        for (var path : paths) {
            if (Files.isDirectory(path) && !path.equals(top)) {
                folders.add(folderName(top, path));
            } else if (path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".eml")) {
                var folder = path.getParent().equals(top) ? Folder.INBOX : folderName(top, path.getParent());
                var received = OffsetDateTime.ofInstant(Files.getLastModifiedTime(path).toInstant(),
                        ZoneId.systemDefault()).withNano(0);
                messages.add(new Item(folder, Flags.NONE, received, Content.of(withCrlf(Files.readAllBytes(path)))));
            }
        }
        return new InitialMail(folders, Map.of(), messages);
    }

    /**
     * The octets as mail protocols carry them: a text with bare LF line ends gets CRLF; one that has any CRLF already
     * is left as it is, to the octet.
     */
    static byte[] withCrlf(byte[] octets) {
        var text = new String(octets, StandardCharsets.ISO_8859_1);
        return text.contains("\r\n") ? octets : text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String folderName(Path top, Path folder) {
        return Folder.canonicalName(top.relativize(folder).toString().replace('\\', Folder.SEPARATOR));
    }

    private static Item sample(String file, String folder, Flags flags, OffsetDateTime received) {
        try (InputStream in = InitialMail.class.getResourceAsStream("sample/" + file)) {
            Objects.requireNonNull(in, () -> "the sample mail " + file + " is missing from this build");
            return new Item(folder, flags, received, Content.of(withCrlf(in.readAllBytes())));
        } catch (IOException e) {
            throw new IllegalStateException("the sample mail " + file + " cannot be read", e);
        }
    }
}

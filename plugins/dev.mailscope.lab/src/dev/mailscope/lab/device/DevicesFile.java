package dev.mailscope.lab.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import dev.mailscope.server.file.PrivateFiles;

/**
 * Devices in a file, as JSON: what each is called, whose mail it has, how it is set, and what it remembers. Their mail
 * is in a file beside it, to which only what is new is added; it is replaced when most of it is of no more use,
 * and by the first writing when anything in it is. Passwords are not written; neither are ledgers and conflicts.
 * For one thread at a time.
 */
public final class DevicesFile {
    private static final int FORMAT = 2;
    // Mail in base64.
    private static final int OLD_FORMAT = 1;
    private static final String MAIL = ".mail";

    private final Path file;
    private OctetsFile mail;
    // False until what is of no more use since earlier ends of the workbench is gone.
    private boolean tidy;

    /** That file, which need not be there. */
    public DevicesFile(Path file) {
        this.file = file;
    }

    /** Writes them. What was in the file is there until all is written. */
    public void write(List<Device> devices) throws IOException {
        // Each is asked once: it may be another one at any moment.
        var memories = devices.stream().map(Device::memory).toList();
        var octets = memories.stream().flatMap(memory -> memory.copy().folders().values().stream())
                .flatMap(folder -> folder.messages().values().stream()).map(LocalMessage::octets).toList();
        var before = mail;
        if (mail == null || mail.isMostlyWaste(octets) || !tidy && mail.hasWaste(octets)) {
            mail = new OctetsFile(unused());
        }
        try {
            var places = mail.keep(octets);
            var all = new JsonArray();
            for (var i = 0; i < devices.size(); i++) {
                var device = json(devices.get(i));
                device.add("memory", DeviceFile.json(memories.get(i), each -> json(places.get(each))));
                all.add(device);
            }
            var json = new JsonObject();
            json.addProperty("format", FORMAT);
            json.addProperty("mail", mail.file().getFileName().toString());
            json.add("devices", all);
            PrivateFiles.write(file, json.toString());
        } catch (IOException | RuntimeException e) {
            if (mail != before) {
                Files.deleteIfExists(mail.file());
                mail = before;
            }
            throw e;
        }
        if (before != null && before != mail) {
            Files.deleteIfExists(before.file());
        }
        if (!tidy) {
            deleteOrphans();
            tidy = true;
        }
    }

    /**
     * Reads them, in the order in which they were written.
     *
     * @param accounts where the mail of a user is. IOException, with the file, when it cannot be read
     */
    public List<Device> read(Function<String, MailAccount> accounts, Clock clock) throws IOException {
        try {
            var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            var format = json.get("format").getAsInt();
            if (format != FORMAT && format != OLD_FORMAT) {
                throw new IOException(file + " comes from a newer version of Mailscope.");
            }
            var kept = format == OLD_FORMAT ? null : new OctetsFile(beside(json.get("mail").getAsString()));
            var devices = new ArrayList<Device>();
            for (var each : json.getAsJsonArray("devices")) {
                devices.add(device(each.getAsJsonObject(), accounts, clock,
                        octets -> kept == null ? DeviceFile.octets(octets) : kept.read(place(octets))));
            }
            mail = kept;
            tidy = false;
            return List.copyOf(devices);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | NullPointerException
                | ClassCastException | UnsupportedOperationException | IndexOutOfBoundsException
                | DateTimeException e) {
            throw new IOException(file + " is damaged.", e);
        }
    }

    /**
     * Where a file that cannot be read is put, so that it is not written over. As long as it is there, the mail that it
     * names stays; when it names none that can be recognised, all that was there.
     */
    public Path aside(LocalDateTime now) {
        return file.resolveSibling(aside() + DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").format(now));
    }

    private String aside() {
        return file.getFileName() + "-";
    }

    /** Deletes mail that neither the devices nor one put aside name: an end between two writings can have left it. */
    private void deleteOrphans() throws IOException {
        var pattern = Pattern.quote(file.getFileName() + MAIL) + "\\d+";
        var orphans = new ArrayList<Path>();
        var aside = new ArrayList<Path>();
        try (var files = Files.list(file.toAbsolutePath().getParent())) {
            for (var each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var name = each.getFileName().toString();
                if (name.startsWith(aside())) {
                    aside.add(each);
                } else if (name.matches(pattern) && !name.equals(mail.file().getFileName().toString())) {
                    orphans.add(each);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (orphans.isEmpty()) {
            return;
        }
        for (var each : aside) {
            // It is damaged, and need not be JSON or UTF-8.
            var text = Files.readString(each, StandardCharsets.ISO_8859_1);
            orphans.removeIf(orphan -> !text.contains(MAIL) || text.contains(extension(orphan) + '"'));
        }
        for (var orphan : orphans) {
            Files.delete(orphan);
        }
    }

    private static String extension(Path mail) {
        var name = mail.getFileName().toString();
        return name.substring(name.lastIndexOf('.'));
    }

    /** A name that no file has: one that was put aside may still need the mail of its time. */
    private Path unused() {
        var number = 1;
        while (Files.exists(beside(file.getFileName() + MAIL + number))) {
            number++;
        }
        return beside(file.getFileName() + MAIL + number);
    }

    private Path beside(String name) {
        if (!name.matches("[^/\\\\]+\\.mail\\d+")) {
            throw new IllegalArgumentException(name + " is not the name of a file beside it");
        }
        return file.resolveSibling(name);
    }

    private static JsonArray json(OctetsFile.Place place) {
        var json = new JsonArray();
        json.add(place.begin());
        json.add(place.length());
        json.add(place.sum());
        return json;
    }

    private static OctetsFile.Place place(JsonElement json) {
        var parts = json.getAsJsonArray();
        return new OctetsFile.Place(parts.get(0).getAsLong(), parts.get(1).getAsInt(), parts.get(2).getAsLong());
    }

    private static JsonObject json(Device device) {
        var json = new JsonObject();
        json.addProperty("name", device.name());
        json.addProperty("user", device.account().user());
        json.addProperty("protocol", device.protocol());
        switch (device) {
            case Pop3Device pop3 -> {
                json.addProperty("keep", pop3.settings().keep());
                pop3.settings().leave().ifPresent(time -> json.addProperty("leave", time.toString()));
                json.addProperty("deleteWhenDeleted", pop3.settings().deleteWhenDeleted());
            }
            case ImapDevice imap -> {
                json.addProperty("method", imap.settings().method().name());
                json.addProperty("idle", imap.settings().idle());
            }
        }
        return json;
    }

    private static Device device(JsonObject json, Function<String, MailAccount> accounts, Clock clock,
            DeviceFile.Reading mail) throws IOException {
        var name = json.get("name").getAsString();
        var account = accounts.apply(json.get("user").getAsString());
        var protocol = json.get("protocol").getAsString();
        var device = switch (protocol) {
            case "pop3" -> new Pop3Device(name, account, new Pop3Settings(json.get("keep").getAsBoolean(),
                    json.has("leave") ? Optional.of(Duration.parse(json.get("leave").getAsString())) : Optional.empty(),
                    json.get("deleteWhenDeleted").getAsBoolean()), clock);
            case "imap" -> new ImapDevice(name, account, new ImapSettings(
                    ImapSettings.Method.valueOf(json.get("method").getAsString()), json.get("idle").getAsBoolean()),
                    clock);
            default -> throw new IllegalArgumentException(protocol);
        };
        device.remember(DeviceFile.read(json.get("memory"), mail));
        return device;
    }
}

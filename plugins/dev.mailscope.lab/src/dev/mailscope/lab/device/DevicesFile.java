package dev.mailscope.lab.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Devices in a file, as JSON: what each is called, whose mail it has, how it is set, and what it remembers. Passwords
 * are not written; neither are ledgers and conflicts.
 */
public final class DevicesFile {
    private static final int FORMAT = 1;

    private DevicesFile() {
    }

    /** Writes them. What was in the file is there until all is written. */
    public static void write(List<Device> devices, Path file) throws IOException {
        var all = new JsonArray();
        devices.forEach(device -> all.add(json(device)));
        var json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.add("devices", all);
        var beside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(beside, json.toString());
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads them, in the order in which they were written.
     *
     * @param accounts where the mail of a user is. IOException, with the file, when it cannot be read
     */
    public static List<Device> read(Path file, Function<String, MailAccount> accounts, Clock clock) throws IOException {
        try {
            var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            if (json.get("format").getAsInt() != FORMAT) {
                throw new IOException(file + " comes from a newer version of Mailscope.");
            }
            var devices = new ArrayList<Device>();
            for (var each : json.getAsJsonArray("devices")) {
                devices.add(device(each.getAsJsonObject(), accounts, clock));
            }
            return List.copyOf(devices);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | NullPointerException
                | ClassCastException | UnsupportedOperationException | DateTimeException e) {
            throw new IOException(file + " is damaged.", e);
        }
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
        json.add("memory", DeviceFile.json(device.memory()));
        return json;
    }

    private static Device device(JsonObject json, Function<String, MailAccount> accounts, Clock clock)
            throws IOException {
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
        device.remember(DeviceFile.read(json.get("memory")));
        return device;
    }
}

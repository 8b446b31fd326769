package dev.mailscope.lab.device;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

import org.pcollections.HashTreePSet;
import org.pcollections.TreePMap;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.Octets;

/** What a device remembers, as JSON: mail in base64, or where it is kept. */
public final class DeviceFile {
    /** What stands for octets elsewhere. */
    interface Reading {
        /** The octets. IOException when they cannot be had. */
        Octets of(JsonElement json) throws IOException;
    }

    private DeviceFile() {
    }

    /** As JSON. */
    public static JsonObject json(DeviceMemory memory) {
        return json(memory, octets -> new JsonPrimitive(Base64.getEncoder().encodeToString(octets.toBytes())));
    }

    /** As JSON, with that in the place of mail. */
    static JsonObject json(DeviceMemory memory, Function<Octets, JsonElement> mail) {
        var json = new JsonObject();
        json.addProperty("online", memory.online());
        json.addProperty("lastNumber", memory.lastNumber());
        var folders = new JsonArray();
        memory.copy().folders().values().forEach(folder -> folders.add(json(folder, mail)));
        json.add("folders", folders);
        json.add("retrieved", texts(memory.copy().retrieved()));
        var noted = new JsonArray();
        memory.noted().forEach(each -> noted.add(json(each)));
        json.add("noted", noted);
        var given = new JsonObject();
        memory.given().forEach((number, uid) -> given.addProperty(number.toString(), uid));
        json.add("given", given);
        return json;
    }

    /** Of JSON. IOException when it is not what {@link #json} has made. */
    public static DeviceMemory read(JsonElement element) throws IOException {
        return read(element, DeviceFile::octets);
    }

    /** Octets in base64. */
    static Octets octets(JsonElement base64) {
        return Octets.of(Base64.getDecoder().decode(base64.getAsString()));
    }

    /** The same, with mail that is read so. */
    static DeviceMemory read(JsonElement element, Reading mail) throws IOException {
        try {
            var json = element.getAsJsonObject();
            var folders = TreePMap.<String, LocalFolder>empty();
            for (var each : json.getAsJsonArray("folders")) {
                var folder = folder(each.getAsJsonObject(), mail);
                folders = folders.plus(folder.name(), folder);
            }
            var noted = new ArrayList<Noted>();
            for (var each : json.getAsJsonArray("noted")) {
                noted.add(noted(each.getAsJsonObject()));
            }
            var given = new HashMap<Long, Long>();
            json.getAsJsonObject("given").entrySet()
                    .forEach(each -> given.put(Long.valueOf(each.getKey()), each.getValue().getAsLong()));
            return new DeviceMemory(new LocalCopy(folders, HashTreePSet.from(texts(json.getAsJsonArray("retrieved")))),
                    json.get("online").getAsBoolean(), noted, json.get("lastNumber").getAsLong(), given);
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException | ClassCastException
                | UnsupportedOperationException | DateTimeException e) {
            throw new IOException("what a device remembers is damaged", e);
        }
    }

    private static JsonObject json(LocalFolder folder, Function<Octets, JsonElement> mail) {
        var json = new JsonObject();
        json.addProperty("name", folder.name());
        json.addProperty("uidValidity", folder.uidValidity());
        json.addProperty("uidNext", folder.uidNext());
        json.addProperty("modSeq", folder.modSeq());
        var messages = new JsonArray();
        for (var message : folder.messages().values()) {
            var each = new JsonObject();
            each.addProperty("id", message.id());
            each.addProperty("uniqueId", message.uniqueId());
            each.add("flags", texts(message.flags().names()));
            each.addProperty("fetched", message.fetched().toString());
            each.add("octets", mail.apply(message.octets()));
            messages.add(each);
        }
        json.add("messages", messages);
        return json;
    }

    private static LocalFolder folder(JsonObject json, Reading mail) throws IOException {
        var messages = TreePMap.<Long, LocalMessage>empty();
        for (var element : json.getAsJsonArray("messages")) {
            var each = element.getAsJsonObject();
            var message = new LocalMessage(each.get("id").getAsLong(), each.get("uniqueId").getAsString(),
                    Flags.of(texts(each.getAsJsonArray("flags"))), Instant.parse(each.get("fetched").getAsString()),
                    mail.of(each.get("octets")));
            messages = messages.plus(message.id(), message);
        }
        return new LocalFolder(json.get("name").getAsString(), json.get("uidValidity").getAsLong(),
                json.get("uidNext").getAsLong(), json.get("modSeq").getAsLong(), messages);
    }

    private static JsonObject json(Noted noted) {
        var json = new JsonObject();
        json.addProperty("folder", noted.action().folder());
        switch (noted.action()) {
            case Action.SetFlag a -> {
                json.addProperty("action", a.set() ? "flag" : "unflag");
                json.addProperty("id", a.id());
                json.addProperty("flag", a.flag());
            }
            case Action.Delete a -> {
                json.addProperty("action", "delete");
                json.addProperty("id", a.id());
            }
            case Action.Move a -> {
                json.addProperty("action", "move");
                json.addProperty("id", a.id());
                json.addProperty("target", a.target());
            }
            case Action.CreateFolder a -> json.addProperty("action", "create");
            case Action.RenameFolder a -> {
                json.addProperty("action", "rename");
                json.addProperty("target", a.newName());
            }
        }
        json.addProperty("provisional", noted.provisional());
        json.addProperty("uidValidity", noted.uidValidity());
        if (noted.flags() != null) {
            json.add("flags", texts(noted.flags().names()));
        }
        return json;
    }

    private static Noted noted(JsonObject json) throws IOException {
        var folder = json.get("folder").getAsString();
        var kind = json.get("action").getAsString();
        var action = switch (kind) {
            case "flag", "unflag" -> new Action.SetFlag(folder, json.get("id").getAsLong(),
                    json.get("flag").getAsString(), kind.equals("flag"));
            case "delete" -> new Action.Delete(folder, json.get("id").getAsLong());
            case "move" -> new Action.Move(folder, json.get("id").getAsLong(), json.get("target").getAsString());
            case "create" -> new Action.CreateFolder(folder);
            case "rename" -> new Action.RenameFolder(folder, json.get("target").getAsString());
            default -> throw new IOException("a device has something to do that nobody knows: " + kind);
        };
        return new Noted(action, json.get("provisional").getAsLong(), json.get("uidValidity").getAsLong(),
                json.has("flags") ? Flags.of(texts(json.getAsJsonArray("flags"))) : null);
    }

    private static JsonArray texts(Iterable<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> texts(JsonArray array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.getAsString()));
        return texts;
    }
}

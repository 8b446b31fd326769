package dev.mailscope.lab.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import dev.mailscope.lab.device.DeviceFile;
import dev.mailscope.lab.device.DeviceMemory;
import dev.mailscope.server.file.PrivateFiles;

/**
 * The folder in which the work at a lab is kept: {@code work.json}, how far it is; the lab's text;
 * {@code part-N.mailtrace}, the recordings; {@code step-N.json}, what the devices had as that step was opened. One lab at a
 * time has it.
 */
final class Workplace implements AutoCloseable {
    private static final String WORK = "work.json";
    private static final String LAB = "lab.md";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    /**
     * What is kept of a moment, to come back to it.
     *
     * @param part    the recording
     * @param event   the number of the last event before it
     * @param devices what each device had, by name
     */
    record Saved(int part, long event, Map<String, DeviceMemory> devices) {
    }

    /** What is kept of the whole. */
    record Kept(String source, int parts, Progress progress) {
    }

    private Workplace(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /** That folder, which is made when it is not there. IOException when somebody else works in it. */
    static Workplace in(Path folder) throws IOException {
        PrivateFiles.folder(folder);
        var channel = PrivateFiles.open(folder.resolve("lock"));
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // somebody in this process
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new IOException("The work in " + folder + " is open elsewhere already; close it there first.");
        }
        return new Workplace(folder, channel, lock);
    }

    static boolean isBegun(Path folder) {
        return Files.isRegularFile(folder.resolve(WORK));
    }

    Path folder() {
        return folder;
    }

    Path part(int number) {
        return folder.resolve("part-" + number + ".mailtrace");
    }

    /** The number of a recording that is not there, that one or a later one: one may have been begun, and not kept. */
    int unused(int number) {
        var unused = number;
        while (Files.exists(part(unused))) {
            unused++;
        }
        return unused;
    }

    void keepSource(String source) throws IOException {
        PrivateFiles.write(folder.resolve(LAB), source);
    }

    void keep(int parts, Progress progress) throws IOException {
        var json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("parts", parts);
        json.add("progress", ProgressCodec.json(progress));
        PrivateFiles.write(folder.resolve(WORK), json.toString());
    }

    Kept kept() throws IOException {
        var json = read(folder.resolve(WORK));
        try {
            if (json.get("format").getAsInt() != 1) {
                throw new IOException(folder + " comes from a newer version of Mailscope.");
            }
            return new Kept(Files.readString(folder.resolve(LAB)), json.get("parts").getAsInt(),
                    ProgressCodec.read(json.getAsJsonObject("progress")));
        } catch (IllegalStateException | NumberFormatException | NullPointerException | ClassCastException
                | UnsupportedOperationException e) {
            throw new IOException(folder.resolve(WORK) + " is damaged.", e);
        }
    }

    void save(int step, Saved saved) throws IOException {
        var json = new JsonObject();
        json.addProperty("part", saved.part);
        json.addProperty("event", saved.event);
        var devices = new JsonArray();
        saved.devices.forEach((name, memory) -> {
            var device = new JsonObject();
            device.addProperty("name", name);
            device.add("memory", DeviceFile.json(memory));
            devices.add(device);
        });
        json.add("devices", devices);
        PrivateFiles.write(step(step), json.toString());
    }

    Saved saved(int step) throws IOException {
        var json = read(step(step));
        try {
            var devices = new LinkedHashMap<String, DeviceMemory>();
            for (var each : json.getAsJsonArray("devices")) {
                var device = each.getAsJsonObject();
                devices.put(device.get("name").getAsString(), DeviceFile.read(device.get("memory")));
            }
            return new Saved(json.get("part").getAsInt(), json.get("event").getAsLong(), devices);
        } catch (IllegalStateException | NumberFormatException | NullPointerException | ClassCastException
                | UnsupportedOperationException e) {
            throw new IOException(step(step) + " is damaged.", e);
        }
    }


    private Path step(int step) {
        return folder.resolve("step-" + (step + 1) + ".json");
    }

    private static JsonObject read(Path file) throws IOException {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is damaged.", e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}

package dev.mailscope.lab.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.Progress;
import dev.mailscope.lab.run.ProgressCodec;
import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.RecordingCopy;

/**
 * Writes results: a zip file with the lab's text ({@code lab.md}), the answers, the score and the hash chain
 * ({@code result.json}), and the recordings that prove them ({@code part-N.mailtrace}).
 */
public final class ResultFile {
    /** How a result's file is called at its end. */
    public static final String ENDING = ".mailresult";
    static final String LAB = "lab.md";
    static final String RESULT = "result.json";
    static final int FORMAT = 1;

    private ResultFile() {
    }

    static String part(int number) {
        return "part-" + number + ".mailtrace";
    }

    /**
     * Writes how far a lab is by now, replacing what was there. The lab goes on. IOException, naming the file, when it
     * cannot be written: then what was there is as it was.
     *
     * @param name who has done it
     */
    public static void write(LabRun run, String name, Path file) throws IOException {
        var progress = run.progress();
        var live = run.parts();
        var copies = Files.createTempDirectory("mailscope-result");
        try {
            var parts = new TreeSet<Integer>();
            progress.steps().stream().filter(step -> step.part() > 0).forEach(step -> parts.add(step.part()));
            var chain = new Chain();
            chain.add(LAB, run.lab().source());
            var files = new ArrayList<Path>();
            for (var number : parts) {
                var copy = copies.resolve(part(number));
                copy(run, number, live, copy);
                chain.add(part(number), copy);
                files.add(copy);
            }
            var result = result(run, name, progress, chain);
            PrivateFiles.write(file, out -> {
                var zip = new ZipOutputStream(out);
                put(zip, LAB, run.lab().source());
                put(zip, RESULT, result.toString());
                for (var each : files) {
                    zip.putNextEntry(new ZipEntry(each.getFileName().toString()));
                    Files.copy(each, zip);
                    zip.closeEntry();
                }
                zip.finish();
            });
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        } finally {
            delete(copies);
        }
    }

    private static void copy(LabRun run, int number, int live, Path to) throws IOException {
        if (number == live) {
            RecordingCopy.write(run.server().trace(), to, (done, all) -> true);
        } else {
            try (var recording = Recording.open(run.part(number))) {
                RecordingCopy.write(recording, to, (done, all) -> true);
            }
        }
    }

    private static JsonObject result(LabRun run, String name, Progress progress, Chain chain) {
        var json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("name", name);
        json.addProperty("lab", run.lab().title());
        json.addProperty("points", progress.points(run.lab()));
        json.addProperty("most", run.lab().points());
        var work = ProgressCodec.json(progress);
        json.add("progress", work);
        chain(chain, name, json.get("points"), work);
        var links = new JsonArray();
        for (var link : chain.links()) {
            var each = new JsonObject();
            each.addProperty("what", link.what());
            each.addProperty("hash", link.hash());
            links.add(each);
        }
        json.add("chain", links);
        return json;
    }

    /** The links of what {@code result.json} itself says. */
    static void chain(Chain chain, String name, JsonElement points, JsonObject progress) {
        chain.add("the name", name);
        var steps = progress.getAsJsonArray("steps");
        for (var i = 0; i < steps.size(); i++) {
            chain.add("what is said of step " + (i + 1), steps.get(i).toString());
        }
        chain.add("the score", points.toString());
    }

    static List<Chain.Link> links(JsonArray array) {
        var links = new ArrayList<Chain.Link>();
        for (var element : array) {
            var link = element.getAsJsonObject();
            links.add(new Chain.Link(link.get("what").getAsString(), link.get("hash").getAsString()));
        }
        return links;
    }

    private static void put(ZipOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }
}

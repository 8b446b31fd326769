package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.net.URLDecoder;

import dev.mailscope.server.mailbox.Flags;

/**
 * A small mail program written for the bench with another language's library, a run for each thing it is told. Its copy
 * is a folder for each folder, named in percent encoding; in it, two files for each mail: {@code UID.eml} and
 * {@code UID.flags}.
 */
final class ScriptClient implements SyncClient {
    private final Place place;
    private final List<String> interpreter;
    private final Map<String, String> variables;

    /** One that the interpreter runs, its script first among the arguments, with these variables besides. */
    ScriptClient(Place place, Access access, String interpreter, String script, Map<String, String> variables)
            throws IOException {
        this.place = place;
        this.interpreter = List.of(interpreter, place.script(script).toString());
        this.variables = new TreeMap<>(variables);
        this.variables.putAll(place.variables(access, top()));
        Files.createDirectory(top());
    }

    @Override
    public void sync() throws Exception {
        run("sync");
    }

    @Override
    public Map<String, List<Copy>> copy() throws IOException {
        var copy = new TreeMap<String, List<Copy>>();
        for (var folder : list(top())) {
            var mails = new ArrayList<Copy>();
            for (var file : list(folder)) {
                var name = file.getFileName().toString();
                if (name.endsWith(".eml")) {
                    var uid = name.substring(0, name.length() - 4);
                    var words = Files.readString(folder.resolve(uid + ".flags")).strip();
                    mails.add(new Copy(uid, Files.readAllBytes(file),
                            words.isEmpty() ? Flags.NONE : Flags.of(words.split(" "))));
                }
            }
            var name = folder.getFileName().toString().replace("+", "%2B");
            copy.put(URLDecoder.decode(name, StandardCharsets.UTF_8), mails);
        }
        return copy;
    }

    @Override
    public void flag(String folder, Copy mail, Flags flag) throws Exception {
        run("flag", folder, mail.id(), String.join(" ", flag.names()));
    }

    @Override
    public void append(String folder, byte[] mail) throws Exception {
        run("append", folder, place.write("new.eml", mail).toString());
    }

    @Override
    public void move(String folder, Copy mail, String target) throws Exception {
        run("move", folder, mail.id(), target);
    }

    @Override
    public void delete(String folder, Copy mail) throws Exception {
        run("delete", folder, mail.id());
    }

    private void run(String... arguments) throws Exception {
        var command = new ArrayList<>(interpreter);
        command.addAll(List.of(arguments));
        place.run(variables, java.util.Set.of(0), command.toArray(String[]::new));
    }

    private Path top() {
        return place.home().resolve("copy");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

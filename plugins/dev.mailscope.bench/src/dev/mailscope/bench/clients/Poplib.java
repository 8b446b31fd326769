package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Python's poplib, in a small mail program of the bench. */
final class Poplib implements FetchClient.Choosing {
    private final Place place;
    private final String script;
    private final Path copy;
    private final Map<String, String> variables;

    Poplib(Place place, Access access) throws IOException {
        this.place = place;
        this.script = place.script("pop3_client.py").toString();
        this.copy = Files.createDirectory(place.home().resolve("copy"));
        this.variables = place.variables(access, copy);
    }

    @Override
    public void fetch(boolean keep) throws Exception {
        run(keep ? "keep" : "take");
    }

    @Override
    public void delete(int number) throws Exception {
        run("delete", Integer.toString(number));
    }

    @Override
    public List<byte[]> taken() throws IOException {
        var taken = new ArrayList<byte[]>();
        try (var files = Files.list(copy)) {
            for (var file : files.toList()) {
                taken.add(Files.readAllBytes(file));
            }
        }
        return taken;
    }

    @Override
    public byte[] kept(byte[] octets) {
        return Form.ended(octets);
    }

    private void run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("python3", script));
        command.addAll(List.of(arguments));
        place.run(variables, Set.of(0), command.toArray(String[]::new));
    }
}

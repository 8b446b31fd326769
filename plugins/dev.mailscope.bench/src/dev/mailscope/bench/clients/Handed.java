package dev.mailscope.bench.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The mails that a program hands to a command, one run of it for each: every mail becomes a file of its own. */
final class Handed {
    private final Path folder;
    private final Path script;

    Handed(Place place) throws IOException {
        folder = Files.createDirectory(place.home().resolve("handed"));
        script = place.write("take.sh", "exec cat >\"$(mktemp '" + folder + "/XXXXXXXX')\"\n");
    }

    /** The script that takes one mail on its standard input, for /bin/sh. */
    Path script() {
        return script;
    }

    /** Every mail in the folder. */
    List<byte[]> read() throws IOException {
        var found = new ArrayList<byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                found.add(Files.readAllBytes(file));
            }
        }
        return found;
    }
}

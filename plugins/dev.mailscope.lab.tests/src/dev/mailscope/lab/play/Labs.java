package dev.mailscope.lab.play;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the labs are that ship. */
public final class Labs {
    /** Each in a folder of its own. */
    public static final Path FOLDER = find();

    private Labs() {
    }

    private static Path find() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            for (var name : new String[] {"dev.mailscope.lab/labs", "plugins/dev.mailscope.lab/labs"}) {
                if (Files.isDirectory(folder.resolve(name))) {
                    return folder.resolve(name);
                }
            }
        }
        throw new IllegalStateException("the labs are not there");
    }
}

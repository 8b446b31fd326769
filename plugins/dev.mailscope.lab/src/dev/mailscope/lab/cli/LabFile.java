package dev.mailscope.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a lab is that a command names: a file or a folder, or else one of those that come with Mailscope, by name.
 * Whoever started us says where these are.
 */
final class LabFile implements ITypeConverter<Path> {
    /** The system property that names the folder of the labs that come with Mailscope. */
    static final String SHIPPED = "mailscope.labs";
    private static final String FILE = "lab.md";

    @Override
    public Path convert(String named) throws IOException {
        var file = Path.of(named);
        if (Files.exists(file)) {
            return file;
        }
        var shipped = Optional.ofNullable(System.getProperty(SHIPPED)).map(Path::of);
        var names = shipped.isEmpty() ? List.<String>of() : names(shipped.get());
        if (names.contains(named)) {
            return shipped.get().resolve(named);
        }
        throw new TypeConversionException("there is no lab " + named
                + (names.isEmpty() ? "" : "; those that come with Mailscope are " + String.join(", ", names)));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var inside = Files.list(folder)) {
            return inside.filter(lab -> Files.isRegularFile(lab.resolve(FILE)))
                    .map(lab -> lab.getFileName().toString()).sorted().toList();
        }
    }
}

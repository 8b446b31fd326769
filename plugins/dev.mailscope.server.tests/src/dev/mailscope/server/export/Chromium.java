package dev.mailscope.server.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A browser without a window, where one is installed. */
final class Chromium {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));

    private Chromium() {
    }

    static boolean isInstalled() {
        return program().isPresent();
    }

    /** The page's elements as they are after its scripts have run, as HTML. */
    static String elements(Path page, String fragment, Path profile) throws IOException, InterruptedException {
        var out = profile.resolveSibling(profile.getFileName() + ".html");
        run(out, page, fragment, profile, "--dump-dom");
        return Files.readString(out);
    }

    /** Takes a picture of the page, in the dark theme or the light one. */
    static void picture(Path page, String fragment, Path profile, Path picture, boolean dark, String size)
            throws IOException, InterruptedException {
        run(profile.resolveSibling("picture.log"), page, fragment, profile, "--screenshot=" + picture,
                "--window-size=" + size, "--hide-scrollbars",
                dark ? "--blink-settings=preferredColorScheme=0" : "--blink-settings=preferredColorScheme=1");
    }

    private static void run(Path out, Path page, String fragment, Path profile, String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(program().orElseThrow().toString());
        command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--virtual-time-budget=20000", "--user-data-dir=" + profile));
        command.addAll(List.of(options));
        command.add(page.toUri() + fragment);
        var errors = profile.resolveSibling(profile.getFileName() + ".log");
        var process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("the browser did not end: " + Files.readString(errors, StandardCharsets.ISO_8859_1));
        }
    }

    private static Optional<Path> program() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }
}

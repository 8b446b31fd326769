package dev.mailscope.ui.lab;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.Platform;
import org.osgi.framework.Bundle;

import dev.mailscope.ui.Mailscope;

/** The labs that come with Mailscope: folders of the lab bundle, each with its {@code lab.md}. */
public final class ShippedLabs {
    private static final String BUNDLE = "dev.mailscope.lab";
    private static final String FOLDER = "labs";
    private static final String FILE = "lab.md";

    /**
     * One of them.
     *
     * @param name  of its folder, by which they are in order
     * @param title its first heading
     */
    public record Shipped(String name, String title) {
        /** Where it is as files, which it is copied to when it comes in an archive. */
        Path folder() throws IOException {
            return root().resolve(name);
        }

        /** Opens it. */
        void open(Labs labs) {
            try {
                labs.open(folder().resolve(FILE));
            } catch (IOException e) {
                Mailscope.log(e.getMessage(), e);
            }
        }
    }

    /** As one leads to the next; the docs have them in this order. */
    private static final List<String> ORDER = List.of("pop3-phases", "pop3-two-devices", "imap-two-devices",
            "which-protocol", "imap-sequence-numbers", "imap-uidvalidity", "imap-flags-expunge", "imap-idle",
            "imap-offline", "whose-fault");

    private ShippedLabs() {
    }

    /** All of them, in order. */
    public static List<Shipped> all() {
        var found = bundle() == null ? null : bundle().findEntries(FOLDER, FILE, true);
        var labs = new ArrayList<Shipped>();
        for (var url : found == null ? Collections.<URL>emptyList() : Collections.list(found)) {
            var parts = url.getPath().split("/");
            labs.add(new Shipped(parts[parts.length - 2], title(url, parts[parts.length - 2])));
        }
        labs.sort(Comparator.comparing((Shipped lab) -> rank(lab.name)).thenComparing(Shipped::name));
        return List.copyOf(labs);
    }

    private static int rank(String name) {
        var rank = ORDER.indexOf(name);
        return rank < 0 ? ORDER.size() : rank;
    }

    private static Bundle bundle() {
        return Platform.getBundle(BUNDLE);
    }

    private static String title(URL lab, String otherwise) {
        try (var in = lab.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.startsWith("# ")).map(line -> line.substring(2).strip()).findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            Mailscope.log(lab + ": " + e.getMessage(), e);
            return otherwise;
        }
    }

    /** The URL of a local file, which need not be encoded as it should. */
    private static Path pathOf(URL url) {
        return new File(url.getPath()).toPath();
    }

    /** The name of the one that is in that file; empty when none is. */
    static Optional<String> nameOf(Path file) {
        try {
            return bundle() != null && file.endsWith(FILE) && root().equals(file.getParent().getParent())
                    ? Optional.of(file.getParent().getFileName().toString()) : Optional.empty();
        } catch (IOException e) {
            Mailscope.log(e.getMessage(), e);
            return Optional.empty();
        }
    }

    /** The file of the one of that name, where it is by now. */
    static Path file(String name) throws IOException {
        return root().resolve(name).resolve(FILE);
    }

    /** Where they are as files: elsewhere after each update. All of them, so that mail and pictures come along. */
    private static Path root() throws IOException {
        return pathOf(FileLocator.toFileURL(bundle().getEntry(FOLDER + "/")));
    }

    /** Where that lab is as files. */
    public static Path folder(Shipped lab) throws IOException {
        return lab.folder();
    }
}

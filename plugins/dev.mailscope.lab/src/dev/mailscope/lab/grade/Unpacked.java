package dev.mailscope.lab.grade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import dev.mailscope.server.file.PrivateFiles;

/**
 * A result unpacked into a folder of its own, which goes with {@link #close}. Only the few files a result has are taken,
 * and only so much of them: a stranger has made it.
 */
final class Unpacked implements AutoCloseable {
    private static final int MOST_FILES = 200;
    private static final long LARGEST_TEXT = 8 << 20;
    private static final long LARGEST = 512L << 20;
    private static final Pattern NAME = Pattern.compile("lab\\.md|result\\.json|part-[1-9]\\d{0,3}\\.mailtrace");

    private final Path folder;

    private Unpacked(Path folder) {
        this.folder = folder;
    }

    /** IOException, naming what is wrong with it, when it is no result. */
    static Unpacked of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        var unpacked = new Unpacked(Files.createTempDirectory("mailscope-grade"));
        try (var zip = new ZipFile(file.toFile())) {
            unpacked.take(zip);
            return unpacked;
        } catch (ZipException e) {
            unpacked.close();
            throw new IOException("it is no result, or it is damaged: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            unpacked.close();
            throw e;
        }
    }

    private void take(ZipFile zip) throws IOException {
        var names = new HashSet<String>();
        var left = LARGEST;
        if (zip.size() > MOST_FILES) {
            throw new IOException("it is no result: there are too many files in it");
        }
        for (var entry : Collections.list(zip.entries())) {
            if (!NAME.matcher(entry.getName()).matches()) {
                throw new IOException("it is no result: there is \"" + printable(entry.getName()) + "\" in it");
            }
            if (!names.add(entry.getName())) {
                throw new IOException("it is no result: "
                        + entry.getName() + " is in it twice");
            }
            var most = entry.getName().startsWith("part-") ? left : LARGEST_TEXT;
            try (var in = zip.getInputStream(entry)) {
                left -= copy(in, folder.resolve(entry.getName()), most);
            } catch (Overflow e) {
                throw new IOException("it is too large: " + entry.getName() + " has more than " + (most >> 20)
                        + " MB when it is unpacked", e);
            }
        }
        for (var needed : new String[] {ResultFile.LAB, ResultFile.RESULT}) {
            if (!names.contains(needed)) {
                throw new IOException("it is no result: there is no " + needed + " in it");
            }
        }
    }

    private static final class Overflow extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static long copy(InputStream in, Path file, long most) throws IOException {
        var size = 0L;
        var buffer = new byte[1 << 16];
        // Nothing that is there already is ever written over.
        try (var out = Files.newOutputStream(PrivateFiles.create(file))) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > most) {
                    throw new Overflow();
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private static String printable(String name) {
        var cut = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        return cut.replaceAll("\\p{Cntrl}", "?").toLowerCase(Locale.ROOT);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String text(String name) throws IOException {
        try {
            return Files.readString(file(name));
        } catch (MalformedInputException e) {
            throw new IOException(name + " is not text in UTF-8", e);
        }
    }

    @Override
    public void close() throws IOException {
        ResultFile.delete(folder);
    }
}

package dev.mailscope.lab.grade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash chain (SHA-256): each link covers what it is about and the link before it. It finds accidents and careless
 * edits. It is no proof against a forger, who makes all links anew: there is no key in it.
 */
final class Chain {
    private static final String START = "Mailscope lab result 1";

    private final List<Link> links = new ArrayList<>();
    private String last = hex(digest(START.getBytes(StandardCharsets.UTF_8)));

    /**
     * A link.
     *
     * @param what what it is about, such as {@code part-1.mailtrace}
     * @param hash what covers that and all before it, in hexadecimal digits
     */
    record Link(String what, String hash) {
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    void add(String what, byte[] octets) {
        link(what, digest(octets));
    }

    void add(String what, String text) {
        add(what, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(String what, Path file) throws IOException {
        var digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        link(what, digest.digest());
    }

    private void link(String what, byte[] hash) {
        last = hex(digest((last + '\n' + what + '\n' + hex(hash)).getBytes(StandardCharsets.UTF_8)));
        links.add(new Link(what, last));
    }

    /** What is not as it was when that other chain was made, in words; empty when all is. */
    String difference(List<Link> other) {
        for (var i = 0; i < links.size(); i++) {
            if (i >= other.size() || !links.get(i).equals(other.get(i))) {
                return links.get(i).what + " is not as it was when the result was written";
            }
        }
        return other.size() == links.size() ? "" : "something is missing: " + other.get(links.size()).what;
    }

    private static byte[] digest(byte[] octets) {
        return sha256().digest(octets);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}

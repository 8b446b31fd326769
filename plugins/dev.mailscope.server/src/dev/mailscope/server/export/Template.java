package dev.mailscope.server.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is the same in all texts of a format: a resource of this package, with places such as {@code @ABOUT@}. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

    private Template() {
    }

    /** Writes the resource with what belongs into its places, by their names; each must have something. */
    static void write(String resource, Map<String, String> places, OutputStream out) throws IOException {
        // One pass, so that nothing that was put in is taken for a place itself.
        var text = PLACE.matcher(read(resource))
                .replaceAll(place -> Matcher.quoteReplacement(places.get(place.group(1))));
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write(text);
        writer.flush();
    }

    private static String read(String resource) throws IOException {
        try (var in = Template.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}

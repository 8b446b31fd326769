package dev.mailscope.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The differences that {@code docs/comparison.md} explains. There each has a heading with its name, and below it, after
 * "Where:", the places where it is seen: a message and a question, in which an asterisk stands for anything.
 */
final class Differences {
    private static final Pattern HEADING = Pattern.compile("### `([a-z0-9-]+)`.*");
    private static final Pattern PLACE = Pattern.compile("`(\\S+) ([^`]+)`");

    private record Place(String difference, String written, Pattern message, Pattern question) {
    }

    private final List<Place> places = new ArrayList<>();
    private final Set<Place> seen = new LinkedHashSet<>();

    /** Reads the file. */
    static Differences in(Path file) throws IOException {
        var differences = new Differences();
        var name = "";
        var where = false;
        for (var line : Files.readAllLines(file)) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                name = heading.group(1);
            }
            where = line.startsWith("Where:") || where && !line.isBlank();
            if (where) {
                var place = PLACE.matcher(line);
                while (place.find()) {
                    differences.places.add(new Place(name, place.group(1) + " " + place.group(2),
                            pattern(place.group(1)), pattern(place.group(2))));
                }
            }
        }
        return differences;
    }

    /** The name of the first difference that is to be seen at this question about this message. */
    Optional<String> explain(String message, String question) {
        var found = places.stream().filter(place -> place.message.matcher(message).matches()
                && place.question.matcher(question).matches()).findFirst();
        found.ifPresent(seen::add);
        return found.map(Place::difference);
    }

    /** The places at which no difference has been seen so far. */
    List<String> unseen() {
        return places.stream().filter(place -> !seen.contains(place))
                .map(place -> place.difference + ": " + place.written).toList();
    }

    private static Pattern pattern(String written) {
        var pattern = new StringBuilder();
        for (var piece : written.split("(?<=\\*)|(?=\\*)")) {
            pattern.append(piece.equals("*") ? ".*" : Pattern.quote(piece));
        }
        return Pattern.compile(pattern.toString());
    }
}

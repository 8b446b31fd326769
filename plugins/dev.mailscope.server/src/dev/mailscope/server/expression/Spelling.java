package dev.mailscope.server.expression;

import java.util.Locale;
import java.util.stream.Stream;

/** Finds what somebody may have meant. */
final class Spelling {
    private Spelling() {
    }

    /** A question that names what is nearest, with a space before it; empty when nothing is near. */
    static String didYouMean(String written, Stream<String> known, String quote) {
        var most = written.length() <= 3 ? 1 : 2;
        String nearest = null;
        var least = most + 1;
        for (var name : (Iterable<String>) known::iterator) {
            var distance = name.isEmpty() ? least : distance(written.toLowerCase(Locale.ROOT),
                    name.toLowerCase(Locale.ROOT), least);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest == null ? "" : ". Did you mean " + quote + nearest + quote + "?";
    }

    // How many characters have to be put in, taken out, changed or swapped with their neighbour.
    private static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        var rows = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                rows[i][j] = Math.min(rows[i - 1][j - 1] + same, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}

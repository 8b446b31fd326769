package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class FolderPatternTest {
    @Test
    void agreesWithTheSamePatternWrittenAsARegularExpression() {
        var random = new Random(5);
        var matches = 0;
        for (var i = 0; i < 50_000; i++) {
            var pattern = text(random, "ab/*%");
            var name = text(random, "ab/");
            var regex = pattern.chars().mapToObj(c -> c == '*' ? ".*" : c == '%' ? "[^/]*"
                    : Pattern.quote(String.valueOf((char) c))).collect(Collectors.joining());
            var expected = name.matches(regex);
            assertEquals(expected, new FolderPattern("", pattern).matches(name), () -> pattern + " on " + name);
            matches += expected ? 1 : 0;
        }
        assertFalse(matches < 1_000, "the test finds enough matches");
    }

    @Test
    void onlyTheLevelInboxIsComparedWithoutRegardToCase() {
        assertEquals("true true true false false", Stream.of(
                new FolderPattern("", "inbox").matches("INBOX"),
                new FolderPattern("in", "Box/*").matches("INBOX/Sub"),
                new FolderPattern("", "i%").matches("INBOX"),
                new FolderPattern("", "inbox/sub").matches("INBOX/Sub"),
                new FolderPattern("", "inboxes").matches("INBOXES")).map(String::valueOf)
                .collect(Collectors.joining(" ")));
    }

    @Test
    void noPatternTakesLong() {
        var name = "a".repeat(1_000);
        var pattern = "*a%".repeat(10_000);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (var i = 0; i < 100; i++) {
                assertFalse(new FolderPattern("", pattern).matches(name));
                assertFalse(new FolderPattern("", "*a%".repeat(499) + "b").matches(name));
            }
        });
    }

    private static String text(Random random, String letters) {
        return random.ints(random.nextInt(8), 0, letters.length()).mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}

package dev.mailscope.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts the user reads. */
class MessagesTest {
    private static final Pattern COUNTED = Pattern.compile(
            "\\{\\d} (?:new |older |more )?(?:\\w+\\(s\\)|(?:events|octets|messages|changes|sessions|folders)\\b)");

    @ParameterizedTest
    @ValueSource(strings = { "", "classroom/", "debug/", "device/", "diagram/", "filter/", "finding/", "lab/", "lab/edit/", "notes/",
        "recording/", "server/", "session/", "trace/" })
    void whatIsCountedHasASingularToo(String folder) throws IOException {
        var texts = new Properties();
        try (var in = Mailscope.class.getResourceAsStream(folder + "messages.properties")) {
            texts.load(in);
        }
        assertFalse(texts.isEmpty());
        var wrong = texts.stringPropertyNames().stream().filter(key -> COUNTED.matcher(texts.getProperty(key)).results()
                .anyMatch(m -> !texts.getProperty(key).contains(",choice,"))).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void countsAreSaidInSingularAndPlural() {
        var pattern = "{0,choice,0#no events|1#1 event|1<{0} events}: {1}";
        assertEquals("no events: x", Counted.text(pattern, 0, "x"));
        assertEquals("1 event: x", Counted.text(pattern, 1, "x"));
        assertEquals(String.format(Locale.getDefault(Locale.Category.FORMAT), "%,d events: it's {0}", 12_345),
                Counted.text(pattern, 12_345, "it's {0}"));
    }
}

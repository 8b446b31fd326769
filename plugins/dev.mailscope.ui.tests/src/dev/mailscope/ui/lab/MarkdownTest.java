package dev.mailscope.ui.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static Markdown of(String source) {
        return Markdown.of(source, file -> true);
    }

    private static String said(Markdown markdown, Markdown.Look look) {
        return String.join("|", markdown.spans().stream().filter(span -> span.looks().contains(look))
                .map(span -> markdown.text().substring(span.start(), span.start() + span.length())).toList());
    }

    @Test
    void paragraphsAreLinesAndPartsHaveLooks() {
        var shown = of("# Title\n\nSome *soft*\nand **loud** `code`, [there](https://example.org/x).\n\n## Next");
        assertEquals("Title\nSome soft and loud code, there.\nNext", shown.text());
        assertEquals("Title|Next", said(shown, Markdown.Look.TITLE));
        assertEquals("soft", said(shown, Markdown.Look.ITALIC));
        assertEquals("loud", said(shown, Markdown.Look.BOLD));
        assertEquals("code", said(shown, Markdown.Look.CODE));
        assertEquals(List.of("https://example.org/x"), shown.spans().stream().map(Markdown.Span::to)
                .filter(to -> !to.isEmpty()).toList());
        assertEquals(shown.text().lines().count(), shown.lines().size());
        assertEquals(List.of(false, true, true, false), of("One\n\nTwo\nlines\n\n## Head\n\nThree").lines().stream()
                .map(Markdown.Line::apart).toList());
    }

    @Test
    void listsAreIndentedAndNumbered() {
        var shown = of("Do:\n\n3. one\n4. two\n   - deeper\n\n> said");
        assertEquals("Do:\n3. one\n4. two\n\u2022 deeper\nsaid", shown.text());
        assertEquals(List.of(0, 1, 1, 2, 1), shown.lines().stream().map(Markdown.Line::level).toList());
        assertTrue(shown.lines().getLast().quoted());
    }

    @Test
    void theColumnsOfATableAreInLine() {
        var shown = of("| a | long cell |\n|---|---|\n| much more | b |");
        assertEquals("a          long cell\n\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500  "
                + "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\nmuch more  b", shown.text());
        assertTrue(shown.lines().stream().allMatch(Markdown.Line::code));
    }

    @Test
    void aPictureIsOneCharacterOrItsWords() {
        var shown = of("See ![the phases](phases.png) here.");
        assertEquals(List.of(new Markdown.Picture(4, "phases.png", "the phases")), shown.pictures());
        assertEquals(Markdown.PICTURE, shown.text().charAt(4));
        assertEquals("See [the phases] here.",
                Markdown.of("See ![the phases](phases.png) here.", file -> false).text());
    }

    @Test
    void spansNeverOverlapAndNestedLooksAddUp() {
        var shown = of("**bold *both* `code`** plain");
        var end = 0;
        for (var span : shown.spans()) {
            assertTrue(span.start() >= end, shown.spans().toString());
            end = span.start() + span.length();
        }
        assertTrue(shown.spans().stream().anyMatch(span -> span.looks()
                .equals(Set.of(Markdown.Look.BOLD, Markdown.Look.ITALIC))));
    }

    @Test
    void whatIsToBePutInOrderIsNotInOrder() {
        var right = List.of("a", "b", "c");
        for (var line = 1; line < 50; line++) {
            var mixed = AnswerField.mixed(right, line);
            assertTrue(!mixed.equals(right) && Set.copyOf(mixed).equals(Set.copyOf(right)));
            assertEquals(mixed, AnswerField.mixed(right, line));
        }
    }
}

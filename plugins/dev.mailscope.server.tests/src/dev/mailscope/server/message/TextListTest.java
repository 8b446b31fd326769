package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

class TextListTest {
    @Test
    void itIsTheListOfTheTexts() {
        for (var texts : List.of(List.<String>of(), List.of(""), List.of("a"), List.of("", "a@b", "", "ü日", "a@b"))) {
            assertEquals(texts, TextList.of(texts));
            assertEquals(TextList.of(texts), texts);
            assertEquals(texts.hashCode(), TextList.of(texts).hashCode());
            assertThrows(IndexOutOfBoundsException.class, () -> TextList.of(texts).get(texts.size()));
            assertThrows(IndexOutOfBoundsException.class, () -> TextList.of(texts).get(-1));
        }
    }
}

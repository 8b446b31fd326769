package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.text.Normalizer;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPrepTest {
    /** RFC 4013 section 3. */
    @ParameterizedTest
    @CsvSource({"I\u00ADX,IX", "user,user", "USER,USER", "\u00AA,a", "\u2168,IX"})
    void theExamplesOfTheRfcArePrepared(String text, String prepared) {
        assertEquals(Optional.of(prepared), SaslPrep.prepare(text));
    }

    /** RFC 4013 section 3, and one of each table. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0007", "\u0627\u0031", "", "\u00AD", "a\u007Fb", "a\u0085b", "\u06DD", "\u180E",
        "a\uE000", "a\uFDD0", "a\uFFFE", "a\uD83F\uDFFE", "a\uD800", "a\uFFFD", "\u2FF0", "\u202Ea", "\uDB40\uDC01",
        "\uDB80\uDC00", "\uD834\uDD73"})
    void whatIsProhibitedIsRefused(String text) {
        assertEquals(Optional.empty(), SaslPrep.prepare(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0627\u0628", "\u0627 1\u0628", "\u05D0-\u05D0"})
    void whatIsWrittenFromRightToLeftIsAllowedAsAWhole(String text) {
        assertEquals(Optional.of(Normalizer.normalize(text, Normalizer.Form.NFKC)), SaslPrep.prepare(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0627", "\u0627a\u0627", "1\u0627", "\u06271"})
    void mixedDirectionsAreRefused(String text) {
        assertEquals(Optional.empty(), SaslPrep.prepare(text));
    }

    @Test
    void spacesOfAllKindsAreOne() {
        assertEquals(Optional.of("a b c d"), SaslPrep.prepare("a\u00A0b\u3000c\u200Bd"));
    }

    @Test
    void composedAndDecomposedAreTheSame() {
        assertEquals(SaslPrep.prepare("caf\u00E9"), SaslPrep.prepare("cafe\u0301"));
    }

    @Test
    void anEmojiIsAllowed() {
        assertEquals(Optional.of("\uD83D\uDE00"), SaslPrep.prepare("\uD83D\uDE00"));
    }
}

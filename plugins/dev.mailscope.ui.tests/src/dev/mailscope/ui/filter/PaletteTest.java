package dev.mailscope.ui.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.ui.Contrast;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;

/** The colours of rows, in the light and in the dark theme. */
class PaletteTest {
    @BeforeEach
    void open() {
        Robot.openPerspective();
    }

    @AfterEach
    void light() {
        Pictures.theme(Pictures.LIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = { Pictures.LIGHT, Pictures.DARK })
    void textIsReadableOnItsBackgroundAndNeitherIsGlaring(String theme) {
        Pictures.theme(theme);
        for (var colour : Palette.values()) {
            assertEquals(Optional.of(colour), Palette.named(colour.written()));
            Robot.until(colour + " is that of the theme",
                    () -> Contrast.luminance(colour.background()) < 0.2 == theme.equals(Pictures.DARK));
            var contrast = Robot.ask(() -> Contrast.of(colour.background(), colour.text()));
            assertTrue(contrast >= 7, colour + ": " + contrast);
        }
    }
}

package dev.mailscope.ui.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                    () -> luminance(colour.background()) < 0.2 == theme.equals(Pictures.DARK));
            var contrast = Robot.ask(() -> contrast(colour.background(), colour.text()));
            assertTrue(contrast >= 7, colour + ": " + contrast);
        }
    }

    // As WCAG 2.1 defines it.
    private static double contrast(Color one, Color other) {
        var brighter = Math.max(luminance(one), luminance(other));
        var darker = Math.min(luminance(one), luminance(other));
        return (brighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color color) {
        RGB rgb = color.getRGB();
        return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue);
    }

    private static double linear(int part) {
        var share = part / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}

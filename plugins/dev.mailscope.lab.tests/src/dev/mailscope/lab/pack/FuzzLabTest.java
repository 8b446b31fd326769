package dev.mailscope.lab.pack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;

/** Replays what the fuzzer has found. */
class FuzzLabTest {
    @Test
    void whatTheFuzzerFoundDoesNoHarm() throws IOException {
        var count = 0;
        try (var in = FuzzLabTest.class.getResourceAsStream("/fuzz/lab.zip"); var zip = new ZipInputStream(in)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                FuzzLab.fuzzerTestOneInput(zip.readAllBytes());
                count++;
            }
        }
        assertTrue(count > 50, () -> "the corpus is gone");
    }
}

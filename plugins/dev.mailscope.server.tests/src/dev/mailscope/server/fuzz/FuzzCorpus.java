package dev.mailscope.server.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;

/** What the fuzzer has found that is worth keeping: for each target an archive {@code fuzz/NAME.zip}. */
public final class FuzzCorpus {
    private static final int MOST_SHOWN = 200;

    private FuzzCorpus() {
    }

    /** Feeds all of an archive to a target; gives how much that was. AssertionError names what the target throws at. */
    public static int replay(Class<?> beside, String name, Consumer<byte[]> target) {
        var inputs = inputs(beside, name);
        for (var i = 0; i < inputs.size(); i++) {
            try {
                target.accept(inputs.get(i));
            } catch (Throwable e) {
                throw new AssertionError(name + ", input " + i + ": " + HexFormat.of().formatHex(inputs.get(i), 0,
                        Math.min(MOST_SHOWN, inputs.get(i).length)), e);
            }
        }
        return inputs.size();
    }

    private static List<byte[]> inputs(Class<?> beside, String name) {
        var inputs = new ArrayList<byte[]>();
        try (var in = beside.getResourceAsStream("/fuzz/" + name + ".zip"); var zip = new ZipInputStream(in)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                inputs.add(zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inputs;
    }
}

package dev.mailscope.ui.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.junit.jupiter.api.Test;

/** The labs there are are read until nobody wants them any more. */
class KnownLabsTest {
    /** Is cancelled once it has been asked so often. */
    private static final class Asked extends NullProgressMonitor {
        private final int most;
        private int times;

        private Asked(int most) {
            this.most = most;
        }

        @Override
        public boolean isCanceled() {
            return times++ >= most;
        }
    }

    @Test
    void readingEndsWhereverItIsCancelled() throws Exception {
        var project = ResourcesPlugin.getWorkspace().getRoot().getProject("Known");
        project.create(null);
        project.open(null);
        try {
            project.getFile("mine.lab.md").create(new ByteArrayInputStream("# Mine\n\n## A Step\n\nText.\n"
                    .getBytes(StandardCharsets.US_ASCII)), true, null);
            var shipped = ShippedLabs.all().size();
            var all = new Asked(Integer.MAX_VALUE);
            assertEquals(shipped + 1, KnownLabs.all(all).size());
            assertTrue(all.times >= shipped + 4, "asked of each lab, of the root, of the project and what it holds");
            for (var most = 0; most < all.times; most++) {
                var asked = new Asked(most);
                assertThrows(OperationCanceledException.class, () -> KnownLabs.all(asked));
                assertEquals(most + 1, asked.times, "nothing is read after that");
            }
        } finally {
            project.delete(true, true, null);
        }
    }
}

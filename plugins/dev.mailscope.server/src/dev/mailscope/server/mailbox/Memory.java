package dev.mailscope.server.mailbox;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;

/**
 * Tells when memory is short: then long work is not begun, and who does not take what was made for them is cut off
 * sooner. Asked by any thread, often.
 */
public interface Memory {
    /** That of the JVM. */
    Memory OF_JVM = ofJvm();

    /** True while little is left, and what is in use is in use indeed. */
    boolean isShort();

    private static Memory ofJvm() {
        // Where what lives on ends up: the largest pool that can be watched.
        var oldest = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()
                        && pool.isCollectionUsageThresholdSupported() && pool.getUsage().getMax() > 0)
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
        return oldest.<Memory>map(pool -> () -> isShort(pool)).orElse(() -> false);
    }

    private static boolean isShort(MemoryPoolMXBean pool) {
        var now = pool.getUsage();
        // Much of it may be garbage by now, which only a collection tells.
        return now.getUsed() > now.getMax() / 4 * 3 && pool.getCollectionUsage().getUsed() > now.getMax() / 2;
    }
}

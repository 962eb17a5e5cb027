package dev.metsuke.shipper.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLevelsTest {

    private static final int LEVELS = 1_000_000;

    @Test
    void takesTwoBitsForALevelThatNoPointerLeadsThrough() {
        assertThat(allocated(Ways.NONE)).isLessThan(1 << 20);
    }

    @Test
    void takesAFewBytesForALevelThatPointersLeadThrough() {
        Ways ways = Ways.of(List.of(List.of("customer", "id")));

        // Twice the last arrays, as these are copied where they grow.
        assertThat(allocated(ways)).isLessThan(20L * LEVELS);
    }

    private static long allocated(Ways ways) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        OpenLevels open = new OpenLevels();
        for (int i = 0; i < LEVELS; i++) {
            open.begin(true, ways);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import org.jspecify.annotations.Nullable;

/**
 * What differs for a dataset.
 *
 * @param ceiling how many people's data of it one account may read in a window, if not the default
 * @param size how many people it holds; a read that does not say how many counts as all of them
 */
public record DatasetPolicy(
        @Nullable Long ceiling, @Nullable Long size) {

    public DatasetPolicy {
        Check.that()
                .holds(ceiling == null || BulkReadPolicy.isCeiling(ceiling), "ceiling " + BulkReadPolicy.A_CEILING)
                .holds(size == null || BulkReadPolicy.isCeiling(size), "size " + BulkReadPolicy.A_CEILING)
                .orThrow();
    }
}

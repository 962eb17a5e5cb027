package dev.metsuke.archive.retention;

import java.io.IOException;

/** The policies of index lifecycle management, where the cluster has it. */
public final class Lifecycle {

    /** Every index's: it is merged, made read-only and moved to slower nodes, and never deleted. */
    public static final String KEPT = "metsuke-kept";

    /** An index gets it once its time is over and no legal hold concerns it, which the cluster cannot know. */
    public static final String EXPIRED = "metsuke-expired";

    private Lifecycle() {}

    /** Asks the cluster whether it has index lifecycle management. */
    @FunctionalInterface
    public interface Ability {
        boolean isPresent() throws IOException;
    }
}

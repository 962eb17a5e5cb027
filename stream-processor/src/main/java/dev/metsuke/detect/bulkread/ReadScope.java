package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.QuotedName;
import dev.metsuke.detect.policy.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an episode of bulk reads is about.
 *
 * @param dataset the dataset, or null for all of them together
 * @param reach over how long it was read
 */
record ReadScope(@Nullable String dataset, Reach reach) {

    private static final String ALL_DATASETS = "all datasets";

    /** Over how long. */
    enum Reach {
        /** Within a window of up to an hour. */
        HOUR(""),
        DAY(" over 24 h"),
        MONTH(" over 30 d"),
        /** Exports that do not say how much they took. */
        UNSIZED(" in exports of unknown size");

        private final String suffix;

        Reach(String suffix) {
            this.suffix = suffix;
        }

        /** How far apart reads may be and still be one episode. */
        Duration quiet(Policy policy) {
            return switch (this) {
                case HOUR -> policy.quiet();
                case DAY, UNSIZED -> Duration.ofDays(1);
                case MONTH -> Duration.ofDays(7);
            };
        }
    }

    static ReadScope ofAll(Reach reach) {
        return new ReadScope(null, reach);
    }

    static ReadScope parse(String text) {
        Reach reach = reachOf(text);
        String name = text.substring(0, text.length() - reach.suffix.length());
        return name.equals(ALL_DATASETS) ? ofAll(reach) : new ReadScope(QuotedName.read(name), reach);
    }

    private static Reach reachOf(String text) {
        for (Reach reach : Reach.values()) {
            if (reach != Reach.HOUR && text.endsWith(reach.suffix)) {
                return reach;
            }
        }
        return Reach.HOUR;
    }

    boolean isAll() {
        return dataset == null;
    }

    /** Whether reads of a dataset are a part of it. */
    boolean holds(String read) {
        return dataset == null || dataset.equals(read);
    }

    @Override
    public String toString() {
        // A dataset may be called whatever a log says.
        boolean isMistakable = dataset != null && (reachOf(dataset) != Reach.HOUR || dataset.equals(ALL_DATASETS));
        return QuotedName.of(dataset == null ? ALL_DATASETS : dataset, isMistakable) + reach.suffix;
    }
}

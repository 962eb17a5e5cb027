package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;

/**
 * How many people's data may be read of all datasets together. Where a dataset may be read more than those without a ceiling of
 * their own, only what was read of it adds to what holds for these: a glance at it does not open all others. The highest
 * limit of those read is never passed.
 */
final class LimitOfAll {

    private final long ofOthers;
    private long highest;
    private long readOfHigher;

    /** With the limit of datasets without their own. */
    LimitOfAll(long ofOthers) {
        this.ofOthers = ofOthers;
        this.highest = ofOthers;
    }

    /** So many people's data was read of a dataset with that limit. */
    void add(long limit, long people) {
        if (limit > ofOthers) {
            highest = Math.max(highest, limit);
            readOfHigher = Episode.sum(readOfHigher, people);
        }
    }

    long limit() {
        return Math.min(highest, Episode.sum(ofOthers, readOfHigher));
    }
}

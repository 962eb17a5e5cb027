package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.policy.BulkReadPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An account's reads in order of time, by place, with their datasets numbered: windows slide over the same ones again and again. */
final class SortedReads {

    private final BulkReadPolicy policy;
    private final List<MinuteSlot> slots;
    private final List<String> datasets = new ArrayList<>();
    private final int[] datasetOf;
    private final long[] most;
    private final long all;

    SortedReads(BulkReadPolicy policy, Collection<MinuteSlot> reads) {
        this.policy = policy;
        this.slots = new ArrayList<>(reads);
        slots.sort(SortedReads::compare);
        this.datasetOf = new int[slots.size()];
        this.most = new long[slots.size()];
        Map<String, Integer> numbers = new HashMap<>();
        long sum = 0;
        for (int place = 0; place < slots.size(); place++) {
            MinuteSlot slot = slots.get(place);
            datasetOf[place] = numbers.computeIfAbsent(slot.dataset(), added -> {
                datasets.add(added);
                return datasets.size() - 1;
            });
            most[place] = slot.most(policy);
            sum = Episode.sum(sum, most[place]);
        }
        this.all = sum;
    }

    private static int compare(MinuteSlot one, MinuteSlot other) {
        int byMinute = Long.compare(one.minute(), other.minute());
        if (byMinute != 0) {
            return byMinute;
        }
        int byDataset = one.dataset().compareTo(other.dataset());
        return byDataset != 0 ? byDataset : Boolean.compare(one.isLate(), other.isLate());
    }

    int size() {
        return slots.size();
    }

    MinuteSlot get(int place) {
        return slots.get(place);
    }

    /** The datasets by number. */
    List<String> datasets() {
        return datasets;
    }

    int datasetOf(int place) {
        return datasetOf[place];
    }

    /** A read's people, each counted as often as read, as far as log or policy tell how many. */
    long most(int place) {
        return most[place];
    }

    /** No window holds more people than all of them do. */
    long all() {
        return all;
    }

    /** Whether sums of people never reach the largest number, and so can be taken apart again. */
    boolean isSummable() {
        return all < Long.MAX_VALUE;
    }

    /** Adds a read's people to others. */
    void add(int place, People.Sum to) {
        MinuteSlot slot = slots.get(place);
        to.add(slot.people());
        to.addNumber(slot.peopleOfUnknown(policy));
    }
}

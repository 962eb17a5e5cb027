package dev.metsuke.detect.episode;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * When open episodes are to be looked at again, each once however often it grows: a closing that comes too early is
 * scheduled anew when it is due.
 */
final class Closings {

    private final PriorityQueue<Closing> queue = new PriorityQueue<>(Comparator.comparing(Closing::at));
    private final Map<EpisodeKey, Closing> byKey = new HashMap<>();

    void schedule(EpisodeKey key, Instant at) {
        Closing known = byKey.get(key);
        if (known != null && !known.at().isAfter(at)) {
            return;
        }
        if (known != null) {
            queue.remove(known);
        }
        Closing closing = new Closing(at, key);
        byKey.put(key, closing);
        queue.add(closing);
    }

    /** Gives out, and forgets, what is due. */
    void drain(Instant now, Consumer<EpisodeKey> due) {
        while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            EpisodeKey key = queue.remove().key();
            byKey.remove(key);
            due.accept(key);
        }
    }

    int size() {
        return queue.size();
    }

    private record Closing(Instant at, EpisodeKey key) {}
}

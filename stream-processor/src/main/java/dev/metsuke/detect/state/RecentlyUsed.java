package dev.metsuke.detect.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, of which those stay that are asked for. To ask for one only marks it: with an order by use, every question
 * would write references into objects all over the heap, and each young collection would have to look through them.
 */
public final class RecentlyUsed<K, V> {

    private final int most;
    private final SequencedMap<K, Held<V>> held = new LinkedHashMap<>();

    /** So many values. */
    public RecentlyUsed(int most) {
        this.most = most;
    }

    /** As many as the owner lets it have. */
    RecentlyUsed() {
        this(Integer.MAX_VALUE);
    }

    public @Nullable V get(K key) {
        @Nullable Held<V> found = held.get(key);
        if (found == null) {
            return null;
        }
        found.isUsed = true;
        return found.value;
    }

    public void put(K key, V value) {
        held.put(key, new Held<>(value));
        if (held.size() > most) {
            giveUp();
        }
    }

    public void remove(K key) {
        held.remove(key);
    }

    public void clear() {
        held.clear();
    }

    int size() {
        return held.size();
    }

    /** Takes out the eldest of those that nobody asked for since the last round; null where there is none at all. */
    @Nullable
    V giveUp() {
        while (true) {
            Map.@Nullable Entry<K, Held<V>> eldest = held.pollFirstEntry();
            if (eldest == null) {
                return null;
            }
            Held<V> itsValue = eldest.getValue();
            if (!itsValue.isUsed) {
                return itsValue.value;
            }
            itsValue.isUsed = false;
            held.put(eldest.getKey(), itsValue);
        }
    }

    private static final class Held<V> {

        private final V value;
        private boolean isUsed;

        Held(V value) {
            this.value = value;
        }
    }
}

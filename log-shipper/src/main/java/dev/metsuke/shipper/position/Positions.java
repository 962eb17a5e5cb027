package dev.metsuke.shipper.position;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.ToldKeys;
import dev.metsuke.shipper.tail.ContentKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is committed of a shipper's streams. */
public final class Positions {

    private final Map<String, ChainHead> heads = new HashMap<>();
    private final Map<String, @Nullable Seal> seals = new HashMap<>();
    private final Map<String, Map<ContentKey, FilePosition>> files = new HashMap<>();
    private @Nullable Owner owner;
    private ToldKeys toldKeys = ToldKeys.NOTHING;

    public @Nullable Owner owner() {
        return owner;
    }

    /** What the shipper has told of its keys. */
    public ToldKeys toldKeys() {
        return toldKeys;
    }

    public ChainHead head(String stream) {
        return heads.getOrDefault(stream, ChainHead.GENESIS);
    }

    /** A stream's last. */
    public @Nullable Seal seal(String stream) {
        return seals.get(stream);
    }

    /** In the order in which they were first committed. */
    public SequencedMap<ContentKey, FilePosition> files(String stream) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files.getOrDefault(stream, Map.of())));
    }

    /** Those of which files are known, by name. */
    public SortedSet<String> streams() {
        return new TreeSet<>(files.keySet());
    }

    /** Whether nothing was ever committed. */
    public boolean isEmpty() {
        return owner == null && heads.isEmpty() && files.isEmpty();
    }

    /** Whether anything of a stream is committed. */
    public boolean hasBegun(String stream) {
        return heads.containsKey(stream) || files.containsKey(stream);
    }

    /**
     * Streams that nobody goes on with, where another begins: so it looks where a source was renamed.
     *
     * @param streams those of all sources
     */
    public SortedSet<String> leftBehind(Collection<String> streams) {
        SortedSet<String> left = new TreeSet<>();
        if (!heads.keySet().containsAll(streams)) {
            left.addAll(heads.keySet());
            left.removeAll(streams);
        }
        return left;
    }

    void ownerIs(Owner now) {
        owner = now;
    }

    void toldKeysAre(ToldKeys told) {
        toldKeys = told;
    }

    void headIs(String stream, ChainHead head) {
        heads.put(stream, head);
    }

    void sealIs(String stream, @Nullable Seal seal) {
        seals.put(stream, seal);
    }

    void fileIs(String stream, FilePosition position) {
        files.computeIfAbsent(stream, _ -> new LinkedHashMap<>()).put(position.key(), position);
    }

    void forget(String stream, String file) {
        files.getOrDefault(stream, new LinkedHashMap<>())
                .keySet()
                .removeIf(key -> key.toString().equals(file));
    }
}

package dev.metsuke.detect.state;

import java.util.LinkedHashMap;
import java.util.Map;

/** So many entries, without those that were not used for longest. Of what a store holds, it spares reading it again. */
public final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    private final int most;

    public RecentlyUsed(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}

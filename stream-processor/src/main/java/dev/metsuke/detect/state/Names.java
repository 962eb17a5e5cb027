package dev.metsuke.detect.state;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Few names of datasets and departments stand in very many objects: all of them share one string. */
public final class Names {

    /** Logs may claim any number of them. */
    private static final int MOST = 10_000;

    private static final Map<String, String> SHARED = new ConcurrentHashMap<>();

    private Names() {}

    /** The same name, as the one string where it is known. */
    public static String shared(String name) {
        String known = SHARED.get(name);
        if (known != null) {
            return known;
        }
        if (SHARED.size() < MOST) {
            SHARED.put(name, name);
        }
        return name;
    }
}

package dev.metsuke.detect.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Few names of datasets and departments stand in very many objects: all of them share one string. */
public final class Names {

    /** Logs may claim any number of them. */
    private static final int MOST = 10_000;

    private static final int LOOKED_UP = 1_024;

    private static final Map<String, String> SHARED = new ConcurrentHashMap<>();

    /** By their bytes: each at the place that its hash gives, the one that came last. */
    private static final AtomicReferenceArray<Name> BY_BYTES = new AtomicReferenceArray<>(LOOKED_UP);

    private Names() {}

    /** The name that stands in UTF-8 among these bytes. */
    static String shared(byte[] bytes, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = Math.floorMod(hash, LOOKED_UP);
        Name known = BY_BYTES.getPlain(place);
        if (known != null && Arrays.equals(known.utf8, 0, known.utf8.length, bytes, from, from + length)) {
            return known.text;
        }
        Name made = new Name(
                Arrays.copyOfRange(bytes, from, from + length),
                shared(new String(bytes, from, length, StandardCharsets.UTF_8)));
        BY_BYTES.set(place, made);
        return made.text;
    }

    /** The same name, as the one string where it is known. */
    public static String shared(String name) {
        String known = SHARED.get(name);
        if (known != null) {
            return known;
        }
        if (SHARED.size() < MOST) {
            String first = SHARED.putIfAbsent(name, name);
            return first == null ? name : first;
        }
        return name;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Name(byte[] utf8, String text) {}
}

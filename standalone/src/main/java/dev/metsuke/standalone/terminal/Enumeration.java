package dev.metsuke.standalone.terminal;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Things one behind the other in a sentence, of which a great many are no help to whoever reads it. */
public final class Enumeration {

    private Enumeration() {}

    /** {@code sato, ito and 3 more}. */
    public static <T> String of(Collection<T> things, int most, Function<T, String> named) {
        int left = things.size() - most;
        return things.stream().limit(most).map(named).collect(Collectors.joining(", "))
                + (left > 0 ? " and " + Numbers.grouped(left) + " more" : "");
    }
}

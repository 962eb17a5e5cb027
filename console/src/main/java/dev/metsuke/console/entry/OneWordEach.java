package dev.metsuke.console.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds rows of one file that say different things of the same, where nothing but their order could tell which holds. */
public final class OneWordEach {

    private final Map<Object, Said> firsts = new HashMap<>();

    private record Said(int line, Object word) {}

    /**
     * The line of a row that said something else before.
     *
     * @param line where a row stands
     * @param about what it speaks of, and when it was said
     * @param word what it says
     */
    public Optional<Integer> other(int line, Object about, Object word) {
        Said first = firsts.putIfAbsent(about, new Said(line, word));
        return first == null || first.word().equals(word) ? Optional.empty() : Optional.of(first.line());
    }
}

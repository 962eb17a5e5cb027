package dev.metsuke.operations.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Collects what is wrong with a record's components, so that its constructor reports all of it at once. */
public final class Check {

    private final List<String> problems = new ArrayList<>();

    private Check() {}

    public static Check that() {
        return new Check();
    }

    /** The message starts with the setting's name, as the file spells it. */
    public Check holds(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
        return this;
    }

    /** What was found elsewhere to be wrong. */
    public Check finds(List<String> found) {
        problems.addAll(found);
        return this;
    }

    /** The same as {@link #holds} for each value of a map; the message has {@code %s} for its key. */
    public <V> Check holdsForEach(Map<String, V> values, Predicate<V> condition, String problem) {
        values.forEach((key, value) -> holds(condition.test(value), problem.formatted(key)));
        return this;
    }

    /** Ends the check; a record's constructor calls it last. */
    public void orThrow() {
        if (!problems.isEmpty()) {
            throw new FailedCheckException(problems);
        }
    }
}

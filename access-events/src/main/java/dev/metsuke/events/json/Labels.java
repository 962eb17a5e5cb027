package dev.metsuke.events.json;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds an enum's values by their labels, as every event has some. */
public final class Labels {

    private static final ClassValue<Map<String, Labelled>> BY_LABEL = new ClassValue<>() {
        @Override
        protected Map<String, Labelled> computeValue(Class<?> kind) {
            return Arrays.stream(kind.getEnumConstants())
                    .map(Labelled.class::cast)
                    .collect(Collectors.toUnmodifiableMap(Labelled::label, Function.identity()));
        }
    };

    private Labels() {}

    public static <E extends Enum<E> & Labelled> Optional<E> find(Class<E> kind, String label) {
        return Optional.ofNullable(kind.cast(BY_LABEL.get(kind).get(label)));
    }

    /** The value that a field of a document names. */
    public static <E extends Enum<E> & Labelled> E read(String field, Class<E> kind, String label)
            throws MalformedDocumentException {
        return find(kind, label)
                .orElseThrow(() -> new MalformedDocumentException(field + " is " + label + "; it can be " + all(kind)));
    }

    /** All labels of a kind, for messages. */
    public static <E extends Enum<E> & Labelled> String all(Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants()).map(Labelled::label).collect(Collectors.joining(", "));
    }
}

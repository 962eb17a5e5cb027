package dev.metsuke.shipper.parse;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the people stand whose data an access touched. Written as plain text it is the pointer.
 *
 * @param pointer to one person, or to an array of them; in JSON {@code *} stands for every element, as in {@code /customers/*}{@code /id}
 * @param separator between people that stand in one text, such as {@code ;}; by default a text is one person
 */
public record SubjectsMapping(JsonPointer pointer, @Nullable String separator) {

    /** Stands between the elements where a value was an array. */
    static final String BETWEEN_ELEMENTS = "\n";

    public SubjectsMapping {
        if (separator != null && separator.isEmpty()) {
            throw new IllegalArgumentException("separator must not be empty");
        }
    }

    public static SubjectsMapping parse(String pointer) {
        return new SubjectsMapping(JsonPointer.parse(pointer), null);
    }

    /** The people in a value, each once. */
    List<String> read(String value) {
        String between = separator == null || value.contains(BETWEEN_ELEMENTS) ? BETWEEN_ELEMENTS : separator;
        return Arrays.stream(value.split(Pattern.quote(between), -1))
                .map(String::strip)
                .filter(person -> !person.isEmpty() && !person.equals("-"))
                .distinct()
                .toList();
    }
}

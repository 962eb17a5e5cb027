package dev.metsuke.console.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with something that was entered.
 *
 * @param line the line of the file, from 1; null where there is no file
 * @param field the field or column; null where all of it is meant
 * @param message what is wrong and what would be right
 */
public record Problem(@Nullable Integer line, @Nullable String field, String message) {

    public static Problem ofField(String field, String message) {
        return new Problem(null, field, message);
    }

    /** For ordering: what concerns the whole file comes first. */
    public int lineOrZero() {
        return line == null ? 0 : line;
    }

    /** One line for a terminal. */
    public String describe() {
        String place = line == null ? "" : "line " + line + (field == null ? ": " : ", ");
        return place + (field == null ? "" : field + ": ") + message;
    }

    /** As members of a JSON object. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("line", line);
        members.put("field", field);
        members.put("message", message);
        return members;
    }
}

package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import dev.metsuke.console.language.Texts;
import dev.metsuke.events.language.Language;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with something that was entered; as a text it is one line.
 *
 * @param line the line of the file, from 1; null where there is no file
 * @param field the field or column; null where all of it is meant
 * @param message what is wrong and what would be right
 */
public record Problem(@Nullable Integer line, @Nullable String field, Text message) implements Text {

    /** In English alone. */
    public Problem(@Nullable Integer line, @Nullable String field, String message) {
        this(line, field, Text.english(message));
    }

    public static Problem ofField(String field, Text message) {
        return new Problem(null, field, message);
    }

    /** The same, in English alone. */
    public static Problem ofField(String field, String message) {
        return ofField(field, Text.english(message));
    }

    /** For ordering: what concerns the whole file comes first. */
    public int lineOrZero() {
        return line == null ? 0 : line;
    }

    /** One line for a terminal. */
    public String describe() {
        return in(Language.ENGLISH);
    }

    /** In English as a whole where the message is. */
    @Override
    public String in(Language wanted) {
        Language language = isTranslated() ? wanted : Language.ENGLISH;
        String words = message.in(language);
        Texts texts = Texts.in(language);
        if (field == null) {
            return line == null ? words : texts.of("problem.of-line", line, words);
        }
        String name = ColumnNames.of(field, language);
        return line == null
                ? texts.of("problem.of-field", name, words)
                : texts.of("problem.of-line-and-field", line, name, words);
    }

    @Override
    public boolean isTranslated() {
        return message.isTranslated();
    }

    /** As members of a JSON object; {@code name} is what the field is called in the language. */
    public Map<String, @Nullable Object> members(Language language) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("line", line);
        members.put("field", field);
        members.put("name", field == null ? null : ColumnNames.of(field, language));
        members.put("message", message.in(language));
        return members;
    }
}

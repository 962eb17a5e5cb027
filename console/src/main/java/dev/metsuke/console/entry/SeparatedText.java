package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file's text, of which it is to be told by what its cells are separated; spreadsheet programs write other separators than
 * commas by the country, or as text.
 *
 * @param text the text, its first line empty where that does nothing but name the separator: so the others keep their numbers
 * @param named the separator that the first line names; absent where it does not
 */
record SeparatedText(String text, @Nullable String named) {

    static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(false)
            .get();

    private static final String COMMA = ",";
    private static final Map<String, Text> OTHERS =
            Map.of(";", Text.of("entry.csv.semicolons"), "\t", Text.of("entry.csv.tabs"));

    /** By which Excel is told the separator; it does not show the line. */
    private static final Pattern NAMING_LINE =
            Pattern.compile("\"?sep=([^\r\n])\"? *(?=[\r\n]|\\z)", Pattern.CASE_INSENSITIVE);

    static SeparatedText of(String text) {
        Matcher line = NAMING_LINE.matcher(text);
        return line.lookingAt()
                ? new SeparatedText(text.substring(line.end()), line.group(1))
                : new SeparatedText(text, null);
    }

    /** That its cells are separated by something else than commas, by what its first line says, or as columns would be known. */
    Optional<Problem> otherSeparator(List<String> required, UnaryOperator<String> columnName) {
        if (named != null) {
            return named.equals(COMMA)
                    ? Optional.empty()
                    : Optional.of(problem(1, OTHERS.getOrDefault(named, Text.english(named))));
        }
        return OTHERS.entrySet().stream()
                .flatMap(separator -> heading(separator.getKey())
                        .filter(heading -> heading.cells().size() > 1
                                && heading.cells().stream()
                                        .map(columnName)
                                        .toList()
                                        .containsAll(required))
                        .map(heading -> problem(heading.line(), separator.getValue()))
                        .stream())
                .findFirst();
    }

    /** Empty where the text has none, or is no CSV by this separator. */
    private Optional<Heading> heading(String separator) {
        CSVFormat format = FORMAT.builder().setDelimiter(separator).get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            int line = 1;
            for (CSVRecord row : parser) {
                List<String> cells = row.toList();
                if (!cells.stream().map(VisibleText::trimmed).allMatch(String::isEmpty)) {
                    return Optional.of(new Heading(line, cells));
                }
                line = (int) parser.getCurrentLineNumber() + 1;
            }
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Problem problem(int line, Text separators) {
        return new Problem(line, null, Text.of("entry.csv.separators", separators));
    }

    /**
     * The first row that is not blank.
     *
     * @param line where it starts, from 1
     */
    private record Heading(int line, List<String> cells) {}
}

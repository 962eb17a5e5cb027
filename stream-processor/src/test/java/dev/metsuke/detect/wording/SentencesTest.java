package dev.metsuke.detect.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.json.Labelled;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say the same, and all of it is said. */
class SentencesTest {

    private static final Path JAVA = Path.of("src/main/java/dev/metsuke/detect");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/metsuke/detect/wording");
    private static final Map<String, String> ENGLISH = sentences("sentences.properties");
    private static final Map<String, String> JAPANESE = sentences("sentences_ja.properties");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)");
    private static final Pattern FORM = Pattern.compile("\\{\\d(,number(,#)?)?}");
    private static final Pattern SAID = Pattern.compile("\\bsay\\(\\s*\"([^\"]*)\"");

    @Test
    void areTheSameInBothLanguages() {
        assertThat(JAPANESE.keySet()).isEqualTo(ENGLISH.keySet());
        ENGLISH.forEach((key, english) ->
                assertThat(places(JAPANESE.getOrDefault(key, ""))).as(key).isEqualTo(places(english)));
    }

    @Test
    void areAllSaid() {
        Set<String> said = said();

        assertThat(ENGLISH.keySet()).isEqualTo(said);
    }

    static Stream<Map.Entry<String, String>> japanese() {
        return JAPANESE.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("japanese")
    void holdNoEnglishInJapanese(Map.Entry<String, String> sentence) {
        assertThat(FORM.matcher(sentence.getValue()).replaceAll(""))
                .as("only names are, and they come from elsewhere; an apostrophe quotes in a pattern")
                .doesNotContainPattern("[A-Za-z'{}]")
                .doesNotContainPattern("^\\s|\\s$");
    }

    static Stream<Map.Entry<String, String>> english() {
        return ENGLISH.entrySet().stream();
    }

    /** A single one would quote what comes after it, and within a choice even two would. */
    @ParameterizedTest
    @MethodSource("english")
    void haveTwoApostrophesForOneInEnglish(Map.Entry<String, String> sentence) {
        assertThat(sentence.getValue().replace("''", "")).doesNotContain("'");
        assertThat(sentence.getValue()).doesNotContainPattern("\\{\\d,choice,([^{}]|\\{[^{}]*})*'");
    }

    /** By what joins them, {@code Retelling} finds out in which language a headline was told. */
    @Test
    void joinWhoAndWhatInAWayOfTheirOwn() {
        assertThat(JAPANESE.get("headline")).isEqualTo("{0}が{1}");
        assertThat(ENGLISH.get("headline")).isEqualTo("{0}{1}");
        assertThat(ENGLISH)
                .allSatisfy((key, english) -> assertThat(key.endsWith(".headline") && !english.matches("[ :].*"))
                        .as(key)
                        .isFalse());
    }

    private static List<String> places(String sentence) {
        return PLACE.matcher(sentence)
                .results()
                .map(place -> place.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    /** Keys as they stand in the sources; of those that end in a label, all. */
    private static Set<String> said() {
        Set<String> said = new TreeSet<>();
        sources()
                .forEach(source -> SAID.matcher(source)
                        .results()
                        .map(call -> call.group(1))
                        .flatMap(SentencesTest::keys)
                        .forEach(said::add));
        return said;
    }

    private static Stream<String> keys(String said) {
        return switch (said) {
            case "action." -> labelled(said, Action.values());
            case "status." -> labelled(said, Status.values());
            default -> Stream.of(said);
        };
    }

    private static Stream<String> labelled(String beginning, Labelled... values) {
        return Stream.of(values).map(value -> beginning + value.label());
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(JAVA)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(SentencesTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> sentences(String file) {
        Properties read = new Properties();
        try (Reader text = Files.newBufferedReader(RESOURCES.resolve(file))) {
            read.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> sentences = new TreeMap<>();
        read.forEach((key, sentence) -> sentences.put((String) key, (String) sentence));
        return sentences;
    }
}

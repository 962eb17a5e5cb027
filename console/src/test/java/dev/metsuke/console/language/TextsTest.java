package dev.metsuke.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.TriageState;
import dev.metsuke.events.triage.TriageStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say the same, all of it is said, and pages that are in both say nothing else. */
class TextsTest {

    private static final Path JAVA = Path.of("src/main/java/dev/metsuke/console");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/metsuke/console");
    private static final Path PAGES = RESOURCES.resolve("pages");
    private static final Map<String, String> ENGLISH = texts("texts.properties");
    private static final Map<String, String> JAPANESE = texts("texts_ja.properties");

    private static final List<String> TRANSLATED =
            List.of("frame", "alerts", "approvals", "policy", "report", "search", "problem");
    /** What the frame and the handlers put in, which is no text of a key. */
    private static final Set<String> STRUCTURE = Set.of("title", "page", "language", "main", "reason", "back");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)");
    private static final Pattern TAG = Pattern.compile("</?[a-z]+>");
    private static final Pattern OF_SCRIPT =
            Pattern.compile("\\{\\d(,choice,\\d+[#<]([^{}|]|\\{\\d})*(\\|\\d+[#<]([^{}|]|\\{\\d})*)*)?}");
    private static final Pattern IN_HTML = Pattern.compile("\\{\\{([^}]*)}}");
    private static final Set<String> IN_PAGES = files(PAGES, ".html")
            .flatMap(page -> found(IN_HTML, read(page)).stream())
            .collect(Collectors.toSet());

    private static final Pattern IN_JAVA = Pattern.compile(
            "\"((?:page|problem|entry|query|status|directory|approval|policy|alerts|triage|feed|kafka|archive|access|answer)\\.(?!js\")[a-z0-9.-]*)\"");
    /** The first thing that is given to what makes texts of keys: a key, one of two, or what keys begin with. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("\\b(?:text|words|named|joined|series)\\((?:[\\w.]+ \\? '([^']*)' : )?'([^']*)'");

    private static final Pattern SCRIPTS_PARTS = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|'((?:[^'\\\\\\n]|\\\\.)*)'|`([^`]*)`|\"([^\"\\n]*)\"", Pattern.DOTALL);
    /** What stands before a literal that is a selector, a class, a key, or a query of the archive. */
    private static final Pattern BEFORE_NO_TEXT =
            Pattern.compile("(querySelector(All)?|matches|text|words|named|example)\\($|class: $|className = $");

    private static final Set<String> NAMES_OF_THE_PLATFORM =
            Set.of("Content-Type", "Accept-Language", "Escape", "Esc", "Enter", "noopener noreferrer");

    @Test
    void areTheSameInBothLanguages() {
        assertThat(JAPANESE.keySet()).isEqualTo(ENGLISH.keySet());
        ENGLISH.forEach((key, english) -> {
            String japanese = JAPANESE.getOrDefault(key, "");
            assertThat(found(PLACE, japanese)).as(key).isEqualTo(found(PLACE, english));
            assertThat(found(TAG, japanese)).as(key).isEqualTo(found(TAG, english));
        });
    }

    static Stream<Map.Entry<String, String>> all() {
        return Stream.concat(ENGLISH.entrySet().stream(), JAPANESE.entrySet().stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void haveTheFormOfWhatReadsThem(Map.Entry<String, String> text) {
        assertThat(text.getValue())
                .as("a quotation mark would end an attribute, and an apostrophe quotes in a pattern")
                .doesNotContain("'")
                .isNotBlank();
        if (text.getKey().startsWith("page.")) {
            assertThat(TAG.matcher(text.getValue()).replaceAll("")).doesNotContain("<", ">", "&", "\"");
            assertThat(found(TAG, text.getValue())).isSubsetOf("<b>", "</b>", "<code>", "</code>");
        }
        if (text.getKey().startsWith("script.")) {
            assertThat(OF_SCRIPT.matcher(text.getValue()).replaceAll("")).doesNotContain("{", "}");
        }
    }

    @Test
    void areAllSaid() {
        Set<String> said = said();

        assertThat(ENGLISH.keySet().stream().filter(key -> !isSaid(key, said)))
                .as("unused")
                .isEmpty();
        assertThat(said.stream().filter(key -> ENGLISH.keySet().stream().noneMatch(text -> isSaid(text, Set.of(key)))))
                .as("said, but not there")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("translatedPages")
    void areAllThatATranslatedPageHolds(Path page) {
        String html = IN_HTML.matcher(read(page)).replaceAll("").replace("Metsuke", "");

        assertThat(found(Pattern.compile(">([^<]*\\p{L}[^<]*)<"), html))
                .as("text")
                .isEmpty();
        assertThat(found(Pattern.compile("\\b(?:aria-label|title|placeholder|alt)=\"([^\"]*\\p{L}[^\"]*)\""), html))
                .as("text in attributes")
                .isEmpty();
    }

    /** Scripts show their texts as text, and fill them in otherwise. */
    @ParameterizedTest
    @MethodSource("all")
    void areMereNamesWhereTheyAreOfScriptsAndAPageHoldsThem(Map.Entry<String, String> text) {
        if (text.getKey().startsWith("script.") && IN_PAGES.contains(text.getKey())) {
            assertThat(text.getValue()).doesNotContain("<", ">", "&", "\"", "{");
        }
    }

    @ParameterizedTest
    @MethodSource("closedSets")
    void nameAllThatAnAlertCanBe(String kind, List<String> labels) {
        assertThat(labels)
                .allSatisfy(label -> assertThat(ENGLISH).containsKey(kind + label))
                .hasSize((int) ENGLISH.keySet().stream()
                        .filter(key -> key.startsWith(kind))
                        .count());
    }

    static Stream<Arguments> closedSets() {
        return Stream.of(
                Arguments.of("script.rule.", labels(Rule.class)),
                Arguments.of("script.severity.", labels(Severity.class)),
                Arguments.of("script.alert-state.", labels(AlertState.class)),
                Arguments.of("script.triage-state.", labels(TriageState.class)),
                Arguments.of("script.resolution.", labels(Resolution.class)),
                Arguments.of("script.resolution-meaning.", labels(Resolution.class)),
                Arguments.of("triage.step.", labels(TriageStep.class)));
    }

    private static <E extends Enum<E> & Labelled> List<String> labels(Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants()).map(Labelled::label).toList();
    }

    @Test
    void nameRulesAndResolutionsAsTheirDocumentsDo() {
        for (Rule rule : Rule.values()) {
            assertThat(ENGLISH).containsEntry("script.rule." + rule.id(), rule.title());
        }
        for (Resolution resolution : Resolution.values()) {
            assertThat(ENGLISH.get("triage.resolutions")).contains(resolution.label());
            assertThat(JAPANESE.get("triage.resolutions"))
                    .contains(JAPANESE.get("script.resolution." + resolution.label()) + "（" + resolution.label() + "）");
        }
    }

    static Stream<Path> translatedPages() {
        return TRANSLATED.stream().map(page -> PAGES.resolve(page + ".html"));
    }

    @ParameterizedTest
    @MethodSource("translatedScripts")
    void areAllThatTheScriptsOfATranslatedPageSay(Path script) {
        String source = read(script);
        List<String> texts = new ArrayList<>();
        Matcher parts = SCRIPTS_PARTS.matcher(source);
        while (parts.find()) {
            String literal = Stream.of(parts.group(1), parts.group(2), parts.group(3))
                    .filter(part -> part != null)
                    .findFirst()
                    .orElse("");
            String before = source.substring(Math.max(0, parts.start() - 40), parts.start());
            if (isText(literal) && !BEFORE_NO_TEXT.matcher(before).find()) {
                texts.add(literal);
            }
        }

        assertThat(texts).isEmpty();
    }

    /** Names that programs read have no blank, begin small or are all large, and end with no mark; addresses may. */
    private static boolean isText(String literal) {
        return !NAMES_OF_THE_PLATFORM.contains(literal)
                && !literal.startsWith("/")
                && Pattern.compile("\\p{L}.*\\s|\\s.*\\p{L}|[\\p{L}&&[^\\p{ASCII}]]|^\\p{Lu}\\p{Ll}|\\p{L}[.!?:…]$")
                        .matcher(literal)
                        .find();
    }

    static Stream<Path> translatedScripts() {
        Set<String> scripts = new TreeSet<>();
        Deque<String> unread =
                new ArrayDeque<>(List.of("alerts.js", "approvals.js", "report.js", "search.js", "problem.js"));
        while (!unread.isEmpty()) {
            String script = unread.pop();
            if (scripts.add(script)) {
                unread.addAll(found(Pattern.compile("from '/assets/([^']*)'"), read(PAGES.resolve(script))));
            }
        }
        return scripts.stream().map(PAGES::resolve);
    }

    /** Keys, and with a full stop at the end what keys begin with. */
    private static Set<String> said() {
        Set<String> said = new TreeSet<>();
        said.addAll(IN_PAGES);
        said.removeAll(STRUCTURE);
        files(PAGES, ".js")
                .map(TextsTest::read)
                .forEach(script -> found(IN_SCRIPT, script).forEach(key -> said.add("script." + key)));
        files(JAVA, ".java").map(TextsTest::read).forEach(source -> said.addAll(found(IN_JAVA, source)));
        return said;
    }

    private static boolean isSaid(String key, Set<String> said) {
        return said.stream().anyMatch(one -> one.endsWith(".") ? key.startsWith(one) : key.equals(one));
    }

    /** The groups of all places where it is found; where it has none, what is found. */
    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(TextsTest::groups)
                .sorted()
                .distinct()
                .toList();
    }

    private static Stream<String> groups(MatchResult found) {
        return found.groupCount() == 0
                ? Stream.of(found.group())
                : Stream.iterate(1, group -> group <= found.groupCount(), group -> group + 1)
                        .map(found::group)
                        .filter(group -> group != null);
    }

    private static Map<String, String> texts(String file) {
        Map<String, String> texts = new TreeMap<>();
        read(RESOURCES.resolve("language").resolve(file))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] both = line.split(" = ", 2);
                    assertThat(texts.put(both[0], both[1]))
                            .as("%s stands there twice", both[0])
                            .isNull();
                });
        return texts;
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toList()).stream();
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
}

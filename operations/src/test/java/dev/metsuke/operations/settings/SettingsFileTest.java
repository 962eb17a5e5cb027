package dev.metsuke.operations.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.metsuke.operations.http.OperationsSettings;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @Test
    void bindsEveryKindOfValue() {
        SettingsFile file = file("""
            detect:
              title: hello
              window: 10m
              count: 3
              zone: Asia/Tokyo
              day: monday
              where: logs/a.log
              inner:
                on: false
              inners:
                - on: true
                -
              by-name:
                a: 1
                b: 2
              shape:
                type: round-shape
                radius: 7
            """);

        Everything everything = file.section("detect", Everything.class);

        assertThat(everything)
                .isEqualTo(new Everything(
                        "hello",
                        Duration.ofMinutes(10),
                        3,
                        ZoneId.of("Asia/Tokyo"),
                        DayOfWeek.MONDAY,
                        Path.of("/etc/metsuke/logs/a.log"),
                        new Inner(false),
                        List.of(new Inner(true), new Inner(true)),
                        Map.of("a", 1L, "b", 2L),
                        new RoundShape(7),
                        null));
    }

    @Test
    void fillsInDefaults() {
        assertThat(SettingsFile.defaults().section("kafka", KafkaSettings.class))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092", 4, (short) 1, Map.of()));
        assertThat(SettingsFile.defaults().section("operations", OperationsSettings.class))
                .isEqualTo(new OperationsSettings("127.0.0.1", 0));
    }

    /** As of a setting of its own. */
    @Test
    void aListWithoutAValueInAMapIsEmpty() {
        Lists lists = file("detect:\n  inners-by-name:\n    a: [{on: false}]\n    b:\n  names-by-name: {c: , d: []}\n")
                .section("detect", Lists.class);

        assertThat(lists)
                .isEqualTo(new Lists(
                        Map.of("a", List.of(new Inner(false)), "b", List.of()),
                        Map.of("c", List.of(), "d", List.of())));
    }

    @Test
    void aChoiceWithoutSettingsMayBeJustItsName() {
        Shapes shapes = file("detect:\n  shapes: [flat-shape, {type: round-shape, radius: 1}]\n")
                .section("detect", Shapes.class);

        assertThat(shapes.shapes()).containsExactly(new FlatShape(), new RoundShape(1));
    }

    @Test
    void reportsEveryProblemWithItsLineAndPath() {
        SettingsFile file = file("""
            detect:
              widow: 10m
              window: soon
              count: many
              day: someday
              inners:
                - on: perhaps
                - 5
              shape:
                type: square
            """);

        InvalidSettingsException refused = refused(() -> file.section("detect", Everything.class));

        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        "metsuke.yml:2: detect.widow: unknown setting; did you mean window?",
                        "metsuke.yml:2: detect.title: missing",
                        "metsuke.yml:3: detect.window: is soon; it must be a time such as 500ms, 30s, 10m, 1h or 35d",
                        "metsuke.yml:4: detect.count: is many; it must be a whole number",
                        "metsuke.yml:5: detect.day: is someday; it can be"
                                + " monday, tuesday, wednesday, thursday, friday, saturday, sunday",
                        "metsuke.yml:7: detect.inners[0].on: is perhaps; it must be true or false",
                        "metsuke.yml:8: detect.inners[1]: is 5; it must be a mapping of settings",
                        "metsuke.yml:10: detect.shape.type: is square; it can be flat-shape, round-shape");
    }

    @Test
    void reportsWhatAConstructorRefuses() {
        InvalidSettingsException refused = refused(
                () -> file("kafka:\n  partitions: 0\n  replication-factor: 0\n").section("kafka", KafkaSettings.class));

        assertThat(refused.problems())
                .containsExactly(
                        "metsuke.yml:2: kafka: partitions must be 1 or more, not 0",
                        "metsuke.yml:3: kafka: replication-factor must be 1 or more, not 0");
    }

    @Test
    void reportsWhatAConstructorRefusesBesideAndAroundWhatIsWrong() {
        SettingsFile file = file("""
            detect:
              least: 5
              most: 3
              name: ""
              inner:
                size: 0
                other: many
                colour: red
              inners:
                - size: -1
                - {}
            """);

        InvalidSettingsException refused = refused(() -> file.section("detect", Checked.class));

        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        "metsuke.yml:2: detect: least must not be above most",
                        "metsuke.yml:4: detect: name must not be blank",
                        "metsuke.yml:6: detect.inner: size must be 1 or more",
                        "metsuke.yml:7: detect.inner.other: is many; it must be a whole number",
                        "metsuke.yml:8: detect.inner.colour: unknown setting; it can be size, other",
                        "metsuke.yml:10: detect.inners[0]: size must be 1 or more");
    }

    /** Whether a limit is kept cannot be said of a number that is none. */
    @Test
    void reportsNothingThatRestsOnAWrongSetting() {
        SettingsFile file = file("""
            detect:
              least: few
              most: 3
            """);

        InvalidSettingsException refused = refused(() -> file.section("detect", Checked.class));

        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        "metsuke.yml:2: detect.least: is few; it must be a whole number",
                        "metsuke.yml:2: detect.name: missing");
    }

    @Test
    void reportsASectionsProblemsWithThoseOfTheTopLevel() {
        InvalidSettingsException refused = refused(() -> SettingsFile.sectionOf(
                "kafak: {}\nkafka:\n  partitions: 0\n", "metsuke.yml", Path.of("/"), "kafka", KafkaSettings.class));

        assertThat(refused.problems())
                .containsExactly(
                        "metsuke.yml:1: unknown section kafak; did you mean kafka?",
                        "metsuke.yml:3: kafka: partitions must be 1 or more, not 0");
    }

    @Test
    void refusesUnknownSectionsAndBrokenYaml() {
        assertThatThrownBy(() -> file("kafak:\n  partitions: 4\n"))
                .hasMessage("metsuke.yml:1: unknown section kafak; did you mean kafka?");
        assertThatThrownBy(() -> file("kafka:\n  a: [1\n")).hasMessageMatching("(?s)metsuke.yml:\\d+: not YAML: .*");
        assertThatThrownBy(() -> file("kafka: {}\nkafka: {}\n"))
                .hasMessage("metsuke.yml:2: section kafka is given twice");
        assertThatThrownBy(
                        () -> file("kafka:\n  partitions: 1\n  partitions: 2\n").section("kafka", KafkaSettings.class))
                .hasMessage("metsuke.yml:3: kafka.partitions: given twice");
        assertThatThrownBy(() -> file("just text")).hasMessage("metsuke.yml:1: not a mapping of sections");
        assertThatThrownBy(() -> SettingsFile.load(Path.of("/no/such.yml")))
                .hasMessageContaining("/no/such.yml: cannot be read");
    }

    @Test
    void refusesWhatHasNoEndOrLiesTooDeep() {
        assertThatThrownBy(() -> file("shape: 1\npolicy:\n  scope: &all\n    round: [1, *all]\n"))
                .hasMessage("metsuke.yml:4: *all stands in what it stands for, which would have no end");
        assertThatThrownBy(() -> file("policy:\n " + "[".repeat(100_000)))
                .hasMessage("metsuke.yml:2: more than 100 lists and mappings lie in one another");
        assertThatThrownBy(() -> file("policy:\n " + "{a: ".repeat(5_000) + "}".repeat(5_000)))
                .hasMessage("metsuke.yml:2: more than 100 lists and mappings lie in one another");
    }

    @Test
    void takesSecretsFromFilesAndVariables(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("secret"), "s3cret\n");
        String yaml = "kafka:\n  properties:\n    password: ${file:secret}\n    path: ${env:PATH}\n";

        KafkaSettings kafka = SettingsFile.of(yaml, "metsuke.yml", folder).section("kafka", KafkaSettings.class);

        assertThat(kafka.properties()).containsEntry("password", "s3cret").containsEntry("path", System.getenv("PATH"));
        assertThatThrownBy(() -> SettingsFile.of(
                                "kafka:\n  bootstrap-servers: ${env:NO_SUCH_VARIABLE_HERE}\n", "metsuke.yml", folder)
                        .section("kafka", KafkaSettings.class))
                .hasMessageContaining(
                        "metsuke.yml:2: kafka.bootstrap-servers: ${env:NO_SUCH_VARIABLE_HERE} has no value");
    }

    @Test
    void saysWhyAFilesContentCannotStandForASetting(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        Files.write(folder.resolve("shift-jis"), "\u76EE\u4ED8".getBytes("Shift_JIS"));
        Files.write(folder.resolve("utf-16"), "key".getBytes("UTF-16LE"));

        assertThat(whyNot("missing", folder)).contains("${file:missing} has no value; create the file " + folder);
        assertThat(whyNot("folder", folder)).contains("${file:folder} has no value; the file " + folder, "directory");
        assertThat(whyNot("shift-jis", folder)).contains("is not written in UTF-8");
        assertThat(whyNot("utf-16", folder))
                .contains("the file " + folder.resolve("utf-16") + " has NUL characters, as in UTF-16");
    }

    @Test
    void saysWhoMayNotReadAFile(@TempDir Path folder) throws Exception {
        Path closed = Files.writeString(folder.resolve("closed"), "s3cret");
        Files.setPosixFilePermissions(closed, Set.of());
        assumeThat(Files.isReadable(closed)).as("root may read any file").isFalse();

        assertThat(whyNot("closed", folder))
                .contains("has no value; let " + System.getProperty("user.name") + " read the file " + closed);
    }

    private static String whyNot(String file, Path folder) {
        String yaml = "kafka:\n  bootstrap-servers: ${file:" + file + "}\n";
        return String.join(
                "\n",
                refused(() -> SettingsFile.of(yaml, "metsuke.yml", folder).section("kafka", KafkaSettings.class))
                        .problems());
    }

    private static InvalidSettingsException refused(Runnable reading) {
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, reading::run);
        assertThat(refused).isNotNull();
        return refused;
    }

    private static SettingsFile file(String yaml) {
        return SettingsFile.of(yaml, "metsuke.yml", Path.of("/etc/metsuke"));
    }

    @Test
    void showsNoSecretThatAPlaceholderStandsFor(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("hash"), "hunter2secret");

        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> SettingsFile.of("detect: {count: '${file:hash}'}", "s.yml", folder)
                        .section("detect", Everything.class));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.contains("detect.count: is ${file:hash}; it must be a whole number"))
                .noneMatch(problem -> problem.contains("hunter2"));
        assertThatThrownBy(() -> file("elasticsearch: {url: 'http://elastic:hunter2secret@search:9200'}")
                        .section("elasticsearch", ElasticsearchSettings.class))
                .hasMessageContaining("url must not hold a user and password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void saysWhatIsWrongWithWhatIsNoSettingsFileAtAll(@TempDir Path folder) throws Exception {
        Path japanese = Files.write(folder.resolve("s.yml"), "# \u76EE\u4ED8\n".getBytes("Shift_JIS"));

        assertThatThrownBy(() -> SettingsFile.load(japanese)).hasMessageContaining("s.yml: is not written in UTF-8");
        assertThatThrownBy(() -> file("policy:\n  a: \u0001\n")).hasMessageContaining("not YAML: ");
        assertThatThrownBy(() -> file("detect: {window: 999999999999999d}").section("detect", Everything.class))
                .hasMessageContaining("detect.window: is 999999999999999d; it is too long");
        assertThatThrownBy(() -> file("detect:\n").givenSection("detect", Everything.class))
                .hasMessageContaining("section detect is empty; write detect: {} where every default is meant");
    }

    @Test
    void isWrittenOutWithWhatIsGivenBesideIt() {
        SettingsFile file = file("""
            detect:
              title: "it's ${env:TITLE}: #1"
              inner: {on: false}
              where: logs/a.log
            kafka:
              bootstrap-servers: far:9092
            """)
                .with(Map.of(
                        "kafka",
                        Map.of("bootstrap-servers", "near:9092"),
                        "detect",
                        Map.of("inner", Map.of("on", "true"), "count", 3)));

        SettingsFile read = SettingsFile.of(file.toYaml(), "again", file.folder());

        assertThat(read.section("kafka", KafkaSettings.class).bootstrapServers())
                .isEqualTo("near:9092");
        assertThat(file.toYaml()).isEqualTo("""
            detect:
              title: "it's ${env:TITLE}: #1"
              inner:
                on: 'true'
              where: logs/a.log
              count: 3
            kafka:
              bootstrap-servers: near:9092
            """);
    }

    @Test
    void bindsAnInlineRecordFromTheSettingsAroundIt() {
        Outer outer = file("detect:\n  title: a\n  on: false\n").section("detect", Outer.class);

        assertThat(outer).isEqualTo(new Outer("a", new Inner(false)));
        assertThat(file("detect:\n  title: a\n").section("detect", Outer.class).inner())
                .isEqualTo(new Inner(true));
        assertThatThrownBy(() -> file("detect:\n  title: a\n  no: 1\n").section("detect", Outer.class))
                .hasMessageContaining("detect.no: unknown setting")
                .hasMessageContaining("did you mean on?");
    }

    record Checked(@Default("9") int least, int most, String name, Size inner, List<Size> inners) {
        Checked {
            Check.that()
                    .holds(least <= most, "least must not be above most")
                    .holds(!name.isBlank(), "name must not be blank")
                    .orThrow();
        }
    }

    record Size(@Default("1") int size, @Default("1") int other) {
        Size {
            Check.that().holds(size >= 1, "size must be 1 or more").orThrow();
        }
    }

    record Outer(String title, @Inline Inner inner) {}

    record Everything(
            String title,
            @Default("1h") Duration window,
            @Default("1") int count,
            @Default("UTC") ZoneId zone,
            @Default("sunday") DayOfWeek day,
            @Default("x") Path where,
            Inner inner,
            List<Inner> inners,
            Map<String, Long> byName,
            @Nullable Shape shape,
            @Nullable String absent) {}

    record Inner(@Default("true") boolean on) {}

    record Lists(Map<String, List<Inner>> innersByName, Map<String, List<String>> namesByName) {}

    record Shapes(List<Shape> shapes) {}

    sealed interface Shape permits FlatShape, RoundShape {}

    record FlatShape() implements Shape {}

    record RoundShape(int radius) implements Shape {}

    @Test
    void tellsWhatStandsAtAPath() {
        String yaml = """
            policy:
              scope: {orders: [Sales, Support], invoices: Accounting, letters: }
              exceptions: [{dataset: backups}, {account: batch}]
            """;

        assertThat(names(yaml, "scope")).containsExactly("orders", "invoices", "letters");
        assertThat(names(yaml, "scope", SettingsFile.EACH_MEMBER)).containsExactly("Sales", "Support", "Accounting");
        assertThat(names(yaml, "exceptions", SettingsFile.EACH_ITEM, "dataset")).containsExactly("backups");
        assertThat(names("policy: {exceptions: {dataset: backups}}", "exceptions", SettingsFile.EACH_ITEM, "dataset"))
                .containsExactly("backups");
        assertThat(names(yaml, "scope", "orders", "Sales")).isEmpty();
        assertThat(names("{}", "scope")).isEmpty();
    }

    private static List<String> names(String yaml, String... path) {
        return SettingsFile.namesIn(yaml, "test", "policy", List.of(path));
    }
}

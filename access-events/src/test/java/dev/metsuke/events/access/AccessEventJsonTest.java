package dev.metsuke.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessEventJsonTest {

    @Test
    void everyFieldComesBackAsItWas() throws Exception {
        AccessEvent event = SampleEvents.complete();

        AccessEvent back = AccessEventJson.decode(AccessEventJson.encode(event));

        assertThat(back).isEqualTo(event);
        for (RecordComponent component : AccessEvent.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(event))
                    .as("the sample fills in %s", component.getName())
                    .isNotNull()
                    .isNotEqualTo(List.of());
        }
    }

    @Test
    void writesCanonicalJson() throws MalformedDocumentException {
        byte[] written = AccessEventJson.encode(SampleEvents.complete());

        byte[] sortedIndependently =
                CanonicalJson.bytes(JsonDocument.parse(written).members());

        assertThat(text(written)).isEqualTo(text(sortedIndependently));
    }

    @Test
    void writesEachEventAsIfItWereTheOnlyOne() {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        AccessEventWriter writer = new AccessEventWriter();
        for (int i = 0; i < 2_000; i++) {
            AccessEvent event = shared(random);

            writer.write(event, event.integrity());

            assertThat(text(writer.toByteArray())).as("event %d", i).isEqualTo(text(AccessEventJson.encode(event)));
        }
    }

    /** Of few objects, so that it has many in common with the one before, and others in front of the same. */
    private static AccessEvent shared(Random random) {
        AccessEvent all = SampleEvents.complete();
        return AccessEvent.builder()
                .timestamp(random.nextBoolean() ? Instant.EPOCH : Instant.MAX)
                .id(random.nextBoolean() ? "1" : "2")
                .action(random.nextBoolean() ? Action.READ : Action.EXPORT)
                .created(random.nextBoolean() ? Instant.EPOCH : null)
                .original(random.nextBoolean() ? "\"line\"" : null)
                .hostName(random.nextBoolean() ? "db1" : null)
                .logOffset(random.nextBoolean() ? 1L : null)
                .dataCategories(random.nextBoolean() ? all.dataCategories() : List.of())
                .dataset(random.nextBoolean() ? "crm.customers" : null)
                .subjects(random.nextBoolean() ? all.subjects() : List.of())
                .serviceName(random.nextBoolean() ? "crm" : null)
                .userId(random.nextBoolean() ? "sato" : null)
                .integrity(random.nextBoolean() ? all.integrity() : null)
                .build();
    }

    @Test
    void leavesOutWhatIsUnknown() {
        AccessEvent event = AccessEvent.builder()
                .timestamp(Instant.EPOCH)
                .id("1")
                .action(Action.READ)
                .userId("sato")
                .build();

        assertThat(text(AccessEventJson.encode(event)))
                .isEqualTo(
                        "{\"@timestamp\":\"1970-01-01T00:00:00Z\",\"ecs\":{\"version\":\"9.0.0\"},"
                            + "\"event\":{\"action\":\"read\",\"id\":\"1\",\"kind\":\"event\"},\"user\":{\"id\":\"sato\"}}");
    }

    @Test
    void readsWhatOtherShippersWrite() throws MalformedDocumentException {
        String foreign = "{\"user.id\":\"sato\",\"event\":{\"id\":\"7\",\"action\":\"read\",\"category\":\"web\"},"
                + "\"agent\":{\"type\":\"filebeat\"},\"@timestamp\":\"2026-11-24T00:00:00+09:00\","
                + "\"metsuke\":{\"records\":3}}";

        AccessEvent event = AccessEventJson.decode(bytes(foreign));

        assertThat(event.account()).isEqualTo(new AccountId("sato"));
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-11-23T15:00:00Z"));
        assertThat(event.eventCategories()).containsExactly("web");
        assertThat(event.records()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void takesABlankNameForNone(String blank) throws MalformedDocumentException {
        AccessEvent event = AccessEventJson.decode(bytes("{\"@timestamp\":\"2026-11-24T00:00:00Z\","
                + "\"event\":{\"id\":\"1\",\"action\":\"read\"},"
                + "\"user\":{\"id\":\"" + blank + "\"},\"source\":{\"ip\":\"" + blank + "\"},"
                + "\"metsuke\":{\"dataset\":\"" + blank + "\"}}"));

        assertThat(event.dataset()).isNull();
        assertThat(event.account()).isEqualTo(AccountId.NOBODY);
    }

    @Test
    void takesTheBeginningOfALongDatasetsName() throws MalformedDocumentException {
        AccessEvent.Builder event =
                AccessEvent.builder().timestamp(Instant.EPOCH).id("1").action(Action.READ);

        assertThat(read(event.dataset("x".repeat(1_024))).dataset()).isEqualTo("x".repeat(1_024));
        assertThat(read(event.dataset("x".repeat(60_000))).dataset()).isEqualTo("x".repeat(1_024) + "…");
    }

    @Test
    void refusesAnIdThatCannotBeArchived() throws MalformedDocumentException {
        AccessEvent.Builder event =
                AccessEvent.builder().timestamp(Instant.EPOCH).action(Action.READ);

        assertThat(read(event.id("x".repeat(512))).id()).hasSize(512);
        assertThatThrownBy(() -> read(event.id("x".repeat(513))))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("event.id has more than 512 bytes, of 513 characters");
        assertThat(read(event.id("目".repeat(170))).id()).hasSize(170);
        assertThatThrownBy(() -> read(event.id("目".repeat(171)))).hasMessageContaining("of 171 characters");
    }

    private static AccessEvent read(AccessEvent.Builder event) throws MalformedDocumentException {
        return AccessEventJson.decode(AccessEventJson.encode(event.build()));
    }

    @Test
    void namesWhatIsMissingOrWrong() {
        assertThatThrownBy(() -> AccessEventJson.decode(bytes("{\"event\":{\"id\":\"1\"}}")))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("no @timestamp");
        assertThatThrownBy(() -> AccessEventJson.decode(bytes(
                        "{\"@timestamp\":\"2026-11-24T00:00:00Z\",\"event\":{\"id\":\"1\",\"action\":\"look\"}}")))
                .hasMessageContaining("event.action is look; it can be read, search, export");
        assertThatThrownBy(
                        () -> AccessEventJson.decode(
                                bytes(
                                        "{\"@timestamp\":\"2026-11-24T00:00:00Z\",\"event\":{\"id\":\"1\",\"action\":\"read\"},\"metsuke\":{\"records\":-1}}")))
                .hasMessageContaining("metsuke.records cannot be -1");
    }

    @Test
    void keysAnAccessWithoutAccountByItsAddress() {
        AccessEvent.Builder nobody =
                AccessEvent.builder().timestamp(Instant.EPOCH).id("1").action(Action.READ);

        assertThat(nobody.sourceIp("203.0.113.9").build().account().value()).isEqualTo("ip:203.0.113.9");
        assertThat(nobody.sourceIp(null)
                        .sourceAddress("printer-3")
                        .build()
                        .account()
                        .value())
                .isEqualTo("ip:printer-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sa\ud800to", "\udc00", "佐藤\ud83d", "\ud83d\ude00\ude00", "目付\ud83d\ude00"})
    void keyAndDocumentNameTheSameAccount(String spelled) throws MalformedDocumentException {
        AccessEvent.Builder known =
                AccessEvent.builder().timestamp(Instant.EPOCH).id("1").action(Action.READ);
        AccessEvent named = known.userId(spelled).build();
        AccessEvent nameless = known.userId(null).sourceAddress(spelled).build();

        for (AccessEvent event : List.of(named, nameless)) {
            String key = new String(event.account().value().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(AccessEventJson.decode(AccessEventJson.encode(event)).account())
                    .isEqualTo(new AccountId(key));
        }
    }

    @Test
    void fieldTableCoversEveryComponent() {
        List<String> tableReads = AccessEventField.ALL.stream()
                .map(AccessEventField::path)
                .filter(path -> !List.of("ecs.version", "event.kind").contains(path))
                .toList();

        // The integrity component is three fields.
        assertThat(tableReads).hasSize(AccessEvent.class.getRecordComponents().length + 2);
        assertThat(Arrays.asList(
                        text(AccessEventJson.encode(SampleEvents.complete())).split(",")))
                .hasSizeGreaterThanOrEqualTo(tableReads.size());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

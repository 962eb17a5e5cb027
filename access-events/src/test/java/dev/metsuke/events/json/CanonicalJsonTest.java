package dev.metsuke.events.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void sortsMembersByUtf16Units() {
        // The example of RFC 8785, section 3.2.3, without its floating-point number.
        Map<String, Object> members = Map.of(
                "\u20ac", "Euro Sign",
                "\r", "Carriage Return",
                "\ufb33", "Hebrew Letter Dalet With Dagesh",
                "1", "One",
                "\ud83d\ude00", "Emoji: Grinning Face",
                "\u0080", "Control",
                "\u00f6", "Latin Small Letter O With Diaeresis");

        String json = text(CanonicalJson.bytes(members));

        assertThat(json)
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void escapesOnlyWhatRfc8785Escapes() {
        String hostile = "\u20ac$\u000f\nA'B\"\\\\\"/\b\t\f\r\u007f<script>";

        String json = text(CanonicalJson.bytes(Map.of("s", hostile)));

        assertThat(json).isEqualTo("{\"s\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f<script>\"}");
    }

    @Test
    void replacesLoneSurrogates() {
        assertThat(text(CanonicalJson.bytes(Map.of("s", "a\ud800b")))).isEqualTo("{\"s\":\"a\ufffdb\"}");
        assertThat(text(CanonicalJson.bytes(Map.of("s", "is this whole?\udc00?"))))
                .isEqualTo("{\"s\":\"is this whole?\ufffd?\"}");
    }

    @Test
    void leavesOutNullsAndNests() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("b", null);
        members.put("a", List.of(Map.of("z", 1, "y", true), "x", Instant.EPOCH));

        assertThat(text(CanonicalJson.bytes(members)))
                .isEqualTo("{\"a\":[{\"y\":true,\"z\":1},\"x\",\"1970-01-01T00:00:00Z\"]}");
    }

    @Test
    void refusesFloats() {
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("a", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Double");
    }

    @Test
    void anyTextComesBackAsItWas() throws MalformedDocumentException {
        long seed = 20_261_123;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String text = randomText(random);

            JsonDocument back = JsonDocument.parse(CanonicalJson.bytes(Map.of("t", text)));

            assertThat(back.text("t")).as("round %d", round).isEqualTo(text);
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int codePoint = switch (random.nextInt(5)) {
                case 0 -> random.nextInt(0x20);
                case 4 -> "\"\\? !#".charAt(random.nextInt(6));
                case 1 -> random.nextInt(0x80);
                case 2 -> random.nextInt(0xD800);
                default -> 0x10000 + random.nextInt(0xFFFFF);
            };
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

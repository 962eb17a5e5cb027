package dev.metsuke.shipper.parse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.metsuke.shipper.privacy.PersonalField;
import dev.metsuke.shipper.privacy.PersonalPattern;
import dev.metsuke.shipper.privacy.PseudonymSettings;
import dev.metsuke.shipper.privacy.Pseudonyms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for bytes on which a format's framing or parser fails, led by the branches that they reach. */
class ParserFuzz {

    static final Pseudonyms PSEUDONYMS = pseudonyms();

    private static final String ALL = "all";
    /** All of them together, or one by itself. */
    private static final String FUZZED = System.getProperty("metsuke.fuzz.format", ALL);

    private static final Set<String> NAMES = FUZZED.equals(ALL) ? Set.copyOf(FormatSample.names()) : Set.of(FUZZED);
    private static final Map<String, ParserProperty> PROPERTIES = new HashMap<>();

    /** A format's name, a line feed, and bytes of its log. */
    static List<Arguments> seeds() {
        List<Arguments> seeds = new ArrayList<>();
        for (String name : NAMES) {
            FormatSample sample = FormatSample.named(name);
            seeds.add(seed(sample, sample.log()));
            String header = sample.format() instanceof Csv
                    ? sample.log().lines().findFirst().orElseThrow() + "\n"
                    : "";
            sample.log().lines().forEach(line -> seeds.add(seed(sample, header + line + "\n")));
        }
        return seeds;
    }

    // How long it runs is told by the build; see CONTRIBUTING.md.
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "24h")
    void anyBytesAreUnderstoodOrRejected(byte[] input) {
        int nameEnd = 0;
        while (nameEnd < input.length && input[nameEnd] != '\n') {
            nameEnd++;
        }
        String name = new String(input, 0, nameEnd, StandardCharsets.US_ASCII);
        if (nameEnd < input.length && NAMES.contains(name)) {
            PROPERTIES
                    .computeIfAbsent(
                            name,
                            _ -> new ParserProperty(FormatSample.named(name).format(), PSEUDONYMS))
                    .check(Arrays.copyOfRange(input, nameEnd + 1, input.length));
        }
    }

    private static Arguments seed(FormatSample sample, String log) {
        return Arguments.of((Object) (sample.name() + "\n" + log).getBytes(StandardCharsets.UTF_8));
    }

    private static Pseudonyms pseudonyms() {
        try {
            Path key = Files.createTempFile("metsuke-fuzz", ".key");
            Files.writeString(key, "42".repeat(32));
            PseudonymSettings settings = new PseudonymSettings(
                    key,
                    List.of(PersonalField.EMAIL),
                    List.of("q", "id"),
                    List.of(PersonalPattern.parse("/customers/(\\d+)")),
                    List.of(JsonPointer.parse("/user/*"), JsonPointer.parse("/requestParameters")),
                    List.of(PersonalPattern.parse("[\\w.]+@[\\w.]+")));
            Pseudonyms pseudonyms = new Pseudonyms(settings, Set.of("crm"));
            Files.delete(key);
            return pseudonyms;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

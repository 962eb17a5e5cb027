package dev.metsuke.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.settings.Inline;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.shipper.SourceSettings;
import dev.metsuke.shipper.parse.Format;
import dev.metsuke.shipper.parse.MultiLine;
import dev.metsuke.shipper.parse.UrlRule;
import dev.metsuke.standalone.local.Sections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example lists every setting, and says the truth about its default. */
class ExampleSettingsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final SettingsFile EXAMPLE = SettingsFile.load(ROOT.resolve("metsuke.example.yml"));

    static Stream<Map.Entry<String, Class<? extends Record>>> sectionsByDefault() {
        return Sections.ALL.entrySet().stream()
                .filter(section -> !section.getKey().equals("shipper"))
                .map(section -> Map.entry(section.getKey(), section.getValue()));
    }

    @ParameterizedTest
    @MethodSource("sectionsByDefault")
    void showsTheDefaults(Map.Entry<String, Class<? extends Record>> section) {
        Record shown = EXAMPLE.section(section.getKey(), section.getValue());
        // Paths are relative to the file, so the defaults are read as if they stood beside the example.
        Record byDefault = SettingsFile.of("", "defaults", ROOT).section(section.getKey(), section.getValue());

        assertThat(shown).isEqualTo(byDefault);
    }

    @Test
    void hasEverySection() {
        assertThat(EXAMPLE.sections()).containsExactlyInAnyOrderElementsOf(Sections.ALL.keySet());
    }

    @Test
    void showsTheShippersDefaultsButForItsSources() {
        ShipperSettings shown = EXAMPLE.section("shipper", ShipperSettings.class);

        assertThat(shown.sources()).hasSizeGreaterThan(3);
        assertThat(ShipperSettings.of(null, ROOT.resolve("metsuke-data/keys"), shown.sources()))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @MethodSource("sectionsByDefault")
    void listsEverySetting(Map.Entry<String, Class<? extends Record>> section) throws IOException {
        assertListed(section.getValue());
    }

    @Test
    void listsEverySettingOfTheShipper() throws IOException {
        assertListed(ShipperSettings.class);
        assertListed(SourceSettings.class);
        assertListed(UrlRule.class);
    }

    static Stream<Class<?>> formats() {
        return Stream.of(Format.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void showsEveryFormatWithItsSettings(Class<?> format) throws IOException {
        Stream<Format> shown = EXAMPLE.section("shipper", ShipperSettings.class).sources().stream()
                .map(SourceSettings::format)
                .flatMap(outer ->
                        outer instanceof MultiLine(var _, Format inner) ? Stream.of(outer, inner) : Stream.of(outer));

        assertThat(shown).hasAtLeastOneElementOfType(format);
        assertListed(format);
    }

    private static void assertListed(Class<?> settings) throws IOException {
        String text = Files.readString(ROOT.resolve("metsuke.example.yml"));
        for (var component : settings.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
                assertListed(component.getType());
                continue;
            }
            String key =
                    component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
            assertThat(text).as("%s of %s", key, settings.getSimpleName()).containsPattern("(?m)^ *(- )?" + key + ":");
            // A record with a text form of its own is a single value in the file.
            if (component.getType().isRecord()
                    && Stream.of(component.getType().getMethods())
                            .noneMatch(method -> method.getName().equals("parse"))) {
                assertListed(component.getType());
            }
        }
    }
}

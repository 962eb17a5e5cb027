package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A format with settings and a log in it: the folder {@code samples/NAME} of the test resources, for every format that
 * there is.
 *
 * @param name as the settings file has it
 * @param log the whole of {@code sample.log}
 */
record FormatSample(String name, Format format, String log) {

    /** The names of all formats, as the settings file has them. */
    static List<String> names() {
        return Arrays.stream(Format.class.getPermittedSubclasses())
                .map(type -> type.getSimpleName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT))
                .toList();
    }

    static List<FormatSample> all() {
        List<FormatSample> samples = new ArrayList<>();
        names().forEach(name -> samples.add(named(name)));
        return samples;
    }

    static FormatSample named(String name) {
        Settings settings = SettingsFile.of(
                        "shipper: {format: " + resource(name, "format.yml") + "}", name + "/format.yml", Path.of("/"))
                .section("shipper", Settings.class);
        return new FormatSample(name, settings.format(), resource(name, "sample.log"));
    }

    private static String resource(String name, String file) {
        String path = "samples/" + name + "/" + file;
        try (InputStream in = FormatSample.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("the format " + name + " has no sample: add " + path
                        + " to the test resources of this package, so that it is fuzzed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a sample's settings are. */
    record Settings(Format format) {}
}

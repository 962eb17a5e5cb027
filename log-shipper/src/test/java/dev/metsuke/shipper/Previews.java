package dev.metsuke.shipper;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads a file that a test writes, with settings as a user would write them. */
final class Previews {

    static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    private Previews() {}

    static SourceSettings source(Path folder, String yaml) {
        return SettingsFile.of(
                        "shipper:\n  sources:\n    - name: test\n      paths: [x]\n" + yaml.indent(6),
                        "test.yml",
                        folder)
                .section("shipper", ShipperSettings.class)
                .sources()
                .getFirst();
    }

    static List<Preview.Line> lines(SourceSettings source, Path folder, byte[] bytes) throws IOException {
        Path log = Files.write(folder.resolve("test.log"), bytes);
        List<Preview.Line> lines = new ArrayList<>();
        Preview.read(ShipperSettings.of("edge", List.of(source)), source, log, NOW, lines::add);
        return lines;
    }

    static AccessEvent event(SourceSettings source, Path folder, String line) throws IOException {
        List<Preview.Line> lines = lines(source, folder, (line + "\n").getBytes(StandardCharsets.UTF_8));
        return event(lines.getFirst());
    }

    static AccessEvent event(Preview.Line line) {
        return switch (line) {
            case Preview.Line.Event(var _, var _, AccessEvent event) -> event;
            case Preview.Line other -> throw new AssertionError("no event: " + other);
        };
    }

    static String rejection(Preview.Line line) {
        return switch (line) {
            case Preview.Line.Rejected(var _, var _, String reason) -> reason;
            case Preview.Line other -> throw new AssertionError("no rejection: " + other);
        };
    }
}

package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.parse.Combined;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventIdTest {

    private static final byte[] LINE = "line".getBytes(StandardCharsets.UTF_8);

    private static final ContentKey FIRST = new ContentKey(new FileKey(7, 1), 0);

    @TempDir
    Path folder;

    @Test
    void isAFunctionOfWhatItIsMadeOf() {
        String id = new EventId("s/a").of(FIRST, "ab", 2, LINE, 0, 4);

        assertThat(id).hasSize(36).matches("[0-9a-f]+").isEqualTo(new EventId("s/a").of(FIRST, "ab", 2, LINE, 0, 4));
        assertThat(List.of(
                        id,
                        new EventId("s/b").of(FIRST, "ab", 2, LINE, 0, 4),
                        new EventId("s/a").of(new ContentKey(new FileKey(7, 3), 0), "ab", 2, LINE, 0, 4),
                        new EventId("s/a").of(new ContentKey(new FileKey(7, 1), 1), "ab", 2, LINE, 0, 4),
                        new EventId("s/a").of(new ContentKey(new FileKey(7, 1), 2), "ab", 2, LINE, 0, 4),
                        new EventId("s/a").of(FIRST, "ac", 2, LINE, 0, 4),
                        new EventId("s/a").of(FIRST, "ab", 3, LINE, 0, 4),
                        new EventId("s/a").of(FIRST, "ab", 2, LINE, 0, 3)))
                .doesNotHaveDuplicates();
    }

    @Test
    void staysTheSameUnderAnotherName() throws IOException {
        Path log = folder.resolve("access.log");
        String line = "h - - [01/Dec/2026:09:30:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"\n";
        Files.writeString(log, line.repeat(3));
        List<String> before = ids(log);

        Path renamed = Files.move(log, folder.resolve("access.log.1"));

        assertThat(ids(renamed)).isEqualTo(before).doesNotHaveDuplicates().hasSize(3);
    }

    private static List<String> ids(Path log) throws IOException {
        List<String> ids = new ArrayList<>();
        SourceSettings source = SourceSettings.of("a", List.of(log), new Combined());
        Preview.read(ShipperSettings.of("s", List.of(source)), source, log, Instant.EPOCH, line -> {
            if (line instanceof Preview.Line.Event(var _, String _, AccessEvent event)) {
                ids.add(event.id());
            }
        });
        return ids;
    }
}

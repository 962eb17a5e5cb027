package dev.metsuke.shipper.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.SealRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealFileTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    private final SealKeyPair key = SealKeyPair.generate();
    private final Seal first = seal(1);
    private final Seal second = seal(2);
    private final Seal third = seal(3);

    @Test
    void aLineThatACrashCutShortIsWrittenWholeBehindIt() throws Exception {
        Path path = folder.resolve("seals.ndjson");
        String torn = line(second).substring(0, line(second).length() - 20);
        Files.writeString(path, line(first) + "\n" + torn);

        SealFile file = new SealFile(path);
        file.complete(List.of(first, second));
        file.append(List.of(third));

        assertThat(Files.readAllLines(path)).containsExactly(line(first), torn, line(second), line(third));
    }

    @Test
    void aLineThatWasCutShortLaterIsEnded() throws Exception {
        Path path = folder.resolve("seals.ndjson");
        SealFile file = new SealFile(path);
        file.append(List.of(first));
        Files.writeString(path, line(first) + "\n{");

        file.append(List.of(second));

        assertThat(Files.readAllLines(path)).containsExactly(line(first), "{", line(second));
    }

    private Seal seal(int number) {
        return Seal.sign("db1/crm", number, ChainHead.GENESIS, NOON.plusSeconds(number), key);
    }

    private static String line(SealRecord record) {
        return new String(record.toJson(), StandardCharsets.UTF_8);
    }
}

package dev.metsuke.events.evidence;

import dev.metsuke.events.access.SampleEvents;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.ListedKey;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Ten lines of one stream, sealed after the fifth and the tenth, all of them listed. */
final class SampleBundle {

    static final SealKeyPair KEY = SealKeyPair.generate();
    static final KeyRing RING = new KeyRing(List.of(ListedKey.bare(KEY.publicKey())));

    private SampleBundle() {}

    static void write(Path file, String stream) throws IOException {
        StreamWriter lines = new StreamWriter(stream, ChainHead.GENESIS);
        Chain chain = new Chain(ChainHead.GENESIS);
        try (EvidenceWriter writer = new EvidenceWriter(file)) {
            writer.start(stream, ChainHead.GENESIS);
            for (int i = 1; i <= 10; i++) {
                byte[] event = chain.link(lines.write(
                        SampleEvents.complete().toBuilder().id("event-" + i).build()));
                writer.listed(Objects.requireNonNull(FoundLine.of(event, () -> "here")));
                if (i % 5 == 0) {
                    Seal seal = Seal.sign(stream, i / 5, chain.head(), Instant.ofEpochSecond(i), KEY);
                    writer.seal(SealedMonth.of(seal, null));
                }
            }
            writer.finish(Map.of("query", "user.id:tanaka"), new KeyList(List.of()), List.of(), List.of());
        }
    }

    static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    static String text(Path file, String name) throws IOException {
        return new String(entries(file).getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /** The same with another entry. */
    static void change(Path file, String name, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> entries = entries(file);
        entries.put(name, change.apply(text(file, name)).getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    static EvidenceVerdict verify(Path file) throws IOException {
        return EvidenceVerifier.verify(file, RING, () -> 10, Instant.parse("2026-11-24T00:00:00Z"));
    }
}

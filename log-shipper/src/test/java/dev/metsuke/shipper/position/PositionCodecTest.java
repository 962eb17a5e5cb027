package dev.metsuke.shipper.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.ToldKeys;
import dev.metsuke.shipper.tail.Checkpoint;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileIdentity;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Fingerprint;
import dev.metsuke.shipper.tail.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionCodecTest {

    private static final FilePosition POSITION = new FilePosition(
            new FileKey(2049, 77),
            Path.of("/log/目.log"),
            Path.of("/disk/2/目.log"),
            true,
            Path.of("/log/目.log.1"),
            new Progress(
                    new FileIdentity(new ContentKey(new FileKey(2049, 12), 2), new Fingerprint(9, "ab")),
                    3,
                    120,
                    130,
                    "cd",
                    List.of(new Checkpoint(60, -5), new Checkpoint(120, 7)),
                    -1,
                    true,
                    true));

    @Test
    void readsBackWhatItWrote() throws MalformedDocumentException {
        ChainHead head = new ChainHead(12, "a".repeat(64));
        Owner owner = new Owner("x", "host", Instant.parse("2026-12-01T00:00:00Z"));
        Seal seal = Seal.sign("s/a", 2, head, owner.since(), SealKeyPair.generate());
        ToldKeys told = new ToldKeys(Set.of("seal-1", "seal-2"), List.of("seal-2"));
        Positions positions = new Positions();

        PositionCodec.apply("s", PositionCodec.toldKeysKey("s"), PositionCodec.toldKeys(told), positions);
        PositionCodec.apply("s", PositionCodec.toldKeysKey("s2"), PositionCodec.toldKeys(ToldKeys.NOTHING), positions);
        PositionCodec.apply("s", PositionCodec.headKey("s/a"), PositionCodec.head(head), positions);
        PositionCodec.apply("s", PositionCodec.sealKey("s/a"), PositionCodec.seal(seal), positions);
        PositionCodec.apply("s", PositionCodec.fileKey("s/a", POSITION.key()), PositionCodec.file(POSITION), positions);
        PositionCodec.apply("s", PositionCodec.ownerKey("s"), PositionCodec.owner(owner), positions);

        assertThat(positions.head("s/a")).isEqualTo(head);
        assertThat(positions.seal("s/a")).isEqualTo(seal);
        assertThat(positions.seal("s/b")).isNull();
        assertThat(positions.files("s/a"))
                .containsExactly(Map.entry(new ContentKey(new FileKey(2049, 77), 3), POSITION));
        assertThat(positions.owner()).isEqualTo(owner);
        assertThat(positions.toldKeys()).isEqualTo(told);
        assertThat(positions.head("s/b")).isEqualTo(ChainHead.GENESIS);
    }

    @Test
    void readsFilesOfAllShippersAndNothingElse() throws MalformedDocumentException {
        Positions positions = new Positions();
        byte[] value = PositionCodec.file(POSITION);

        PositionCodec.applyFile(
                PositionCodec.ownerKey("s"),
                PositionCodec.owner(new Owner("x", "host", Instant.EPOCH)),
                positions,
                _ -> true);
        PositionCodec.applyFile(
                PositionCodec.headKey("s/a"), PositionCodec.head(ChainHead.GENESIS), positions, _ -> true);
        PositionCodec.applyFile(
                PositionCodec.toldKeysKey("s"), PositionCodec.toldKeys(ToldKeys.NOTHING), positions, _ -> true);
        for (String stream : List.of("s/a", "s/b", "t/a")) {
            PositionCodec.applyFile(
                    PositionCodec.fileKey(stream, POSITION.key()),
                    value,
                    positions,
                    position -> position.path().equals(POSITION.path()) && !stream.equals("s/b"));
        }
        PositionCodec.applyFile(PositionCodec.fileKey("t/a", POSITION.key()), null, positions, _ -> true);

        assertThat(positions.files("s/a")).containsExactly(Map.entry(POSITION.key(), POSITION));
        assertThat(positions.files("s/b")).as("not wanted").isEmpty();
        assertThat(positions.files("t/a")).as("forgotten").isEmpty();
        assertThat(positions.streams()).containsExactly("s/a", "t/a");
        assertThat(positions.owner()).isNull();
    }

    @Test
    void readsAPositionThatKnowsNoGenerationOfItsOrigin() throws MalformedDocumentException {
        FilePosition older = readWithout("\"generation\":2,");

        assertThat(older.key()).isEqualTo(POSITION.key());
        assertThat(older.progress().identity().origin()).isEqualTo(new ContentKey(new FileKey(2049, 12), 0));
    }

    @Test
    void readsAPositionThatKnowsNoRealPath() throws MalformedDocumentException {
        assertThat(readWithout("\"realPath\":\"/disk/2/目.log\",").realPath()).isEqualTo(POSITION.path());
    }

    @Test
    void takesAPositionThatDoesNotTellWhereItWasSeenForOneSeenWhereItStood() throws MalformedDocumentException {
        assertThat(readWithout(",\"seenAt\":\"/log/目.log.1\"").seenAt()).isEqualTo(POSITION.path());
    }

    @Test
    void takesARotatedFileOfAnOlderVersionForOneThatNoGlobFound() throws MalformedDocumentException {
        assertThat(readWithout("\"found\":true,").found()).isFalse();
    }

    private static FilePosition readWithout(String member) throws MalformedDocumentException {
        String written = new String(PositionCodec.file(POSITION), StandardCharsets.UTF_8);
        assertThat(written).containsOnlyOnce(member);
        return read(written.replace(member, ""));
    }

    private static FilePosition read(String written) throws MalformedDocumentException {
        Positions positions = new Positions();
        PositionCodec.apply(
                "s", PositionCodec.fileKey("s/a", POSITION.key()), written.getBytes(StandardCharsets.UTF_8), positions);
        return Objects.requireNonNull(positions.files("s/a").get(POSITION.key()));
    }

    @Test
    void forgetsAFileWhoseRecordWasRemoved() throws MalformedDocumentException {
        Positions positions = new Positions();
        byte[] key = PositionCodec.fileKey("s/a", POSITION.key());
        PositionCodec.apply("s", key, PositionCodec.file(POSITION), positions);

        PositionCodec.apply("s", key, null, positions);

        assertThat(positions.files("s/a")).isEmpty();
    }

    @Test
    void takesAPathThatCannotBeSpeltForNoKnownPlace() throws MalformedDocumentException {
        String stored = new String(PositionCodec.file(POSITION), StandardCharsets.UTF_8).replace("目", "\\u0000");

        assertThat(read(stored))
                .isEqualTo(new FilePosition(
                        POSITION.file(),
                        Path.of("/log/?.log"),
                        Path.of("/disk/2/?.log"),
                        true,
                        Path.of("/log/?.log.1"),
                        POSITION.progress()));
    }

    @Test
    void passesOverOtherShippers() throws MalformedDocumentException {
        Positions positions = new Positions();

        PositionCodec.apply("s", PositionCodec.headKey("s2/a"), new byte[] {'x'}, positions);

        assertThat(positions.head("s2/a")).isEqualTo(ChainHead.GENESIS);
    }

    @Test
    void refusesWhatIsNoPosition() {
        assertThatThrownBy(() -> PositionCodec.apply(
                        "s",
                        PositionCodec.fileKey("s/a", POSITION.key()),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        new Positions()))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("fingerprint.length");
    }
}

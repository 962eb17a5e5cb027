package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScanTest {

    private static final SeenFile BEFORE = file(1, "/log/a", 10, 1);

    @Test
    void seesAFileThatIsNew() {
        assertThat(changes(List.of(), List.of(BEFORE))).containsExactly(new FileChange.Created(BEFORE));
    }

    @Test
    void seesNothingWhereNothingChanged() {
        assertThat(changes(List.of(BEFORE), List.of(BEFORE))).isEmpty();
    }

    @Test
    void seesGrowthAndRewritingAsWritten() {
        SeenFile grown = file(1, "/log/a", 11, 1);
        SeenFile rewritten = file(1, "/log/a", 10, 2);

        assertThat(changes(List.of(BEFORE), List.of(grown))).containsExactly(new FileChange.Written(grown));
        assertThat(changes(List.of(BEFORE), List.of(rewritten))).containsExactly(new FileChange.Written(rewritten));
    }

    @Test
    void seesTruncation() {
        SeenFile shorter = file(1, "/log/a", 9, 2);

        assertThat(changes(List.of(BEFORE), List.of(shorter))).containsExactly(new FileChange.Truncated(shorter));
    }

    @Test
    void seesARotationAsARenameAndANewFile() {
        SeenFile rotated = file(1, "/log/a.1", 12, 2);
        SeenFile next = file(2, "/log/a", 3, 3);

        assertThat(changes(List.of(BEFORE), List.of(next, rotated)))
                .containsExactly(
                        new FileChange.Created(next),
                        new FileChange.Renamed(rotated, Path.of("/log/a")),
                        new FileChange.Written(rotated));
    }

    @Test
    void seesADeletionLast() {
        SeenFile other = file(2, "/log/b", 1, 1);

        assertThat(changes(List.of(BEFORE), List.of(other)))
                .containsExactly(new FileChange.Created(other), new FileChange.Deleted(BEFORE));
    }

    @Test
    void findsAgainWhatAnEarlierScanLeftOut() {
        SeenFile other = file(2, "/log/b", 1, 1);
        Scan scan = new Scan(List.of(BEFORE, other));

        assertThat(scan.since(scan.without(Set.of(BEFORE.key())))).containsExactly(new FileChange.Created(BEFORE));
        assertThat(scan.since(scan.without(Set.of()))).isEmpty();
    }

    @Test
    void countsAFileWithTwoNamesOnce() {
        assertThat(new Scan(List.of(BEFORE, file(1, "/log/link", 10, 1))).files())
                .containsExactly(BEFORE);
    }

    private static List<FileChange> changes(List<SeenFile> before, List<SeenFile> after) {
        return new Scan(after).since(new Scan(before));
    }

    private static SeenFile file(long inode, String path, long size, long modified) {
        return new SeenFile(new FileKey(1, inode), Path.of(path), size, modified);
    }
}

package dev.metsuke.detect.department;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedDaysTest {

    private static final DayKey KEY =
            new DayKey("Support|2", LocalDate.of(2026, 11, 24).toEpochDay());
    private static final PersonDay BUSY = PersonDay.of(true, 700, 90);
    private static final PersonDay FREE = PersonDay.of(false, 12, 3);

    @Test
    void isReadAsItWasWritten() throws MalformedDocumentException {
        PublishedDay day =
                new PublishedDay(KEY, 3, DepartmentDay.NOTHING.with(BUSY, 2).with(FREE, 1));

        assertThat(PublishedDay.fromJson(day.toJson())).isEqualTo(day);
        assertThat(new String(day.toJson(), StandardCharsets.UTF_8))
                .contains("\"days\":[{\"accounts\":2,\"people\":")
                .contains("\"date\":\"2026-11-24\"");
        assertThat(new String(day.recordKey(), StandardCharsets.UTF_8)).isEqualTo("Support|2|2026-11-24|3");
    }

    @Test
    void garbageIsRefused() {
        assertThatThrownBy(() -> PublishedDay.fromJson(
                        "{\"metsuke\":{\"baseline\":{\"department\":\"a\",\"date\":\"soon\",\"partition\":1}}}"
                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("no date: soon");
    }

    @Test
    void addsUpPartitionsOfWhichTheLatestCounts() {
        PublishedDays published = new PublishedDays();
        published.take(KEY, 0, DepartmentDay.NOTHING.with(BUSY, 1));
        published.take(KEY, 1, DepartmentDay.NOTHING.with(BUSY, 2));
        published.take(KEY, 1, DepartmentDay.NOTHING.with(FREE, 4));
        long before = published.version();

        assertThat(published.changedSince(0).days())
                .containsExactly(
                        Map.entry(KEY, DepartmentDay.NOTHING.with(BUSY, 1).with(FREE, 4)));
        assertThat(published.changedSince(before).days()).isEmpty();

        published.take(KEY, 0, null);
        published.take(KEY, 1, null);

        assertThat(published.changedSince(before).days()).containsEntry(KEY, null);
    }
}

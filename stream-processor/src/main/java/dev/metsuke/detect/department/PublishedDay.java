package dev.metsuke.detect.department;

import dev.metsuke.detect.department.DepartmentDay.Readers;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one partition's accounts add to a department's day.
 *
 * @param key which day
 * @param partition the partition that the accounts are on
 * @param day how much they read
 */
record PublishedDay(DayKey key, int partition, DepartmentDay day) {

    /** Keeps the latest of each in a compacted topic. */
    byte[] recordKey() {
        return recordKey(key, partition);
    }

    static byte[] recordKey(DayKey key, int partition) {
        return String.join("|", key.department(), LocalDate.ofEpochDay(key.date()) + "|" + partition)
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] toJson() {
        return CanonicalJson.bytes(Map.of(
                "metsuke",
                Map.of(
                        "baseline",
                        Map.of(
                                "department",
                                key.department(),
                                "date",
                                LocalDate.ofEpochDay(key.date()).toString(),
                                "partition",
                                partition,
                                "working",
                                members(day.working()),
                                "free",
                                members(day.free())))));
    }

    static PublishedDay fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        String date = document.requiredText("metsuke.baseline.date");
        try {
            return new PublishedDay(
                    new DayKey(
                            document.requiredText("metsuke.baseline.department"),
                            LocalDate.parse(date).toEpochDay()),
                    Math.toIntExact(document.requiredInteger("metsuke.baseline.partition")),
                    new DepartmentDay(
                            readers(document, "metsuke.baseline.working"), readers(document, "metsuke.baseline.free")));
        } catch (DateTimeException e) {
            throw new MalformedDocumentException("metsuke.baseline.date is no date: " + date, e);
        } catch (ArithmeticException e) {
            throw new MalformedDocumentException("metsuke.baseline holds a number that is too large", e);
        }
    }

    private static Map<String, Object> members(Readers readers) {
        return Map.of("days", members(readers.days()), "hours", members(readers.hours()));
    }

    private static List<Map<String, Long>> members(Histogram histogram) {
        List<Map<String, Long>> members = new ArrayList<>();
        histogram.forEach((people, accounts) -> members.add(Map.of("people", people, "accounts", accounts)));
        return members;
    }

    private static Readers readers(JsonDocument document, String path) throws MalformedDocumentException {
        return new Readers(histogram(document.objects(path + ".days")), histogram(document.objects(path + ".hours")));
    }

    private static Histogram histogram(List<JsonDocument> counts) throws MalformedDocumentException {
        List<Histogram> buckets = new ArrayList<>();
        for (JsonDocument each : counts) {
            buckets.add(Histogram.NOTHING.with(
                    Histogram.bucket(each.requiredInteger("people")), each.requiredInteger("accounts")));
        }
        return Histogram.sum(buckets);
    }
}

package dev.metsuke.events.alert;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a number of people that was summed over days fell on one of them.
 *
 * @param date the day, of UTC
 * @param records how many people's data
 * @param datasets of which datasets most of it was, the most first, where the alert is about several
 */
public record ReadOnDay(LocalDate date, long records, List<OfDataset> datasets) {

    public ReadOnDay {
        datasets = List.copyOf(datasets);
    }

    /**
     * A dataset's part of it.
     *
     * @param dataset the dataset; null for accesses that name none
     * @param records how many people's data
     */
    public record OfDataset(@Nullable String dataset, long records) {

        private Map<String, @Nullable Object> members() {
            Map<String, @Nullable Object> members = new HashMap<>();
            members.put("dataset", dataset);
            members.put("records", records);
            return members;
        }
    }

    /** As members of a JSON object. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("date", date.toString());
        members.put("records", records);
        members.put(
                "datasets",
                datasets.isEmpty()
                        ? null
                        : datasets.stream().map(OfDataset::members).toList());
        return members;
    }

    public static ReadOnDay of(JsonDocument document) throws MalformedDocumentException {
        List<OfDataset> datasets = new ArrayList<>();
        for (JsonDocument each : document.objects("datasets")) {
            datasets.add(new OfDataset(each.text("dataset"), each.requiredInteger("records")));
        }
        String date = document.requiredText("date");
        try {
            return new ReadOnDay(LocalDate.parse(date), document.requiredInteger("records"), datasets);
        } catch (DateTimeException e) {
            throw new MalformedDocumentException("date is " + date, e);
        }
    }
}

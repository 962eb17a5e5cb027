package dev.metsuke.standalone.command;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.shipper.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what the shipper makes of a file, and says what is missing and how to say it. */
final class ParseSummary {

    private long records;
    private long events;
    private long rejected;
    private long withoutAccount;
    private long withoutDataset;
    private long withoutRecords;
    private long unclear;
    private long ahead;
    private long namingPeople;
    private final boolean pseudonymises;
    private final Map<String, Long> ignored = new TreeMap<>();

    /**
     * Begins with nothing counted.
     *
     * @param pseudonymises whether the source replaces people's names
     */
    ParseSummary(boolean pseudonymises) {
        this.pseudonymises = pseudonymises;
    }

    void count(Preview.Line line) {
        records++;
        switch (line) {
            case Preview.Line.Event(var _, var _, AccessEvent event) -> count(event);
            case Preview.Line.Rejected _ -> rejected++;
            case Preview.Line.Ignored(var _, var _, String reason) -> ignored.merge(reason, 1L, Long::sum);
        }
    }

    private void count(AccessEvent event) {
        events++;
        withoutAccount += event.userId() == null ? 1 : 0;
        withoutDataset += event.dataset() == null ? 1 : 0;
        withoutRecords += isReadOfUnknownSize(event) ? 1 : 0;
        namingPeople += event.subjects().isEmpty() ? 0 : 1;
        unclear += event.outcome() == Outcome.UNKNOWN ? 1 : 0;
        ahead += event.tags().isEmpty() ? 0 : 1;
    }

    private static boolean isReadOfUnknownSize(AccessEvent event) {
        return event.records() == null && event.action().readsData() && event.outcome() != Outcome.FAILURE;
    }

    /** One line: what became of the records. */
    String counts() {
        String reasons = ignored.entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
        long sum = ignored.values().stream().mapToLong(Long::longValue).sum();
        return "%d records: %d events, %d rejected, %d ignored%s"
                .formatted(records, events, rejected, sum, reasons.isEmpty() ? "" : " (" + reasons + ")");
    }

    /** What is not known, and which setting would tell. */
    List<String> hints(Preview.End end) {
        List<String> hints = new ArrayList<>();
        if (end.damage() != null) {
            hints.add("the file is broken, or not all there yet: what is behind these records cannot be unpacked: "
                    + end.damage());
        } else if (end.unreadBytes() > 0) {
            hints.add(end.unreadBytes() + " bytes at the end are no complete record yet: the shipper waits for their"
                    + " line end, or for the source's flush-timeout");
        }
        if (records > 0 && events == 0 && rejected == 0) {
            hints.add("no record is an access by the source's settings: look whether they name what this log writes");
        }
        if (withoutAccount > 0) {
            hints.add(of(withoutAccount) + " no account and are keyed by address: map the format's user, or let the log"
                    + " hold it");
        }
        if (withoutDataset > 0) {
            hints.add(of(withoutDataset)
                    + " no dataset, so neither bulk reads nor transfers are judged by them: set the source's dataset,"
                    + " or rules under urls or tables");
        }
        if (withoutRecords > 0) {
            hints.add(of(withoutRecords)
                    + " no records, and read data: of how many people is unknown, and but for exports"
                    + " they count as nobody's; map the format's records, set records in a rule under urls, or give the"
                    + " dataset a size in the policy");
        }
        if (unclear > 0) {
            hints.add(of(unclear)
                    + " an outcome that is neither success nor failure: say which of the log's words are, by"
                    + " values of the format's outcome");
        }
        if (namingPeople > 0 && !pseudonymises) {
            hints.add(of(namingPeople) + " subjects named in clear, and so they would leave the host: set the source's"
                    + " pseudonyms");
        }
        if (ahead > 0) {
            hints.add(of(ahead) + " a time ahead of this host's clock: look at zone, and at the clocks");
        }
        return hints;
    }

    private String of(long count) {
        return count + " of " + events + " events have";
    }
}

package dev.metsuke.console.alerts;

import dev.metsuke.console.search.ArchiveOrder;
import dev.metsuke.events.json.Labelled;
import java.util.Comparator;
import java.util.List;

/** In which order alerts are listed. None of them moves an alert because it grows. */
enum AlertOrder implements Labelled {
    /** As they were raised, the last first; what only the archive still has, by its last access. */
    NEWEST("newest", true),
    /** Open ones first, the longest open first. */
    OLDEST_OPEN("oldest-open", false),
    /** The most urgent first, among those of one severity the episode that began last. */
    SEVERITY("severity", true);

    private final String label;
    private final boolean newestFirst;

    AlertOrder(String label, boolean newestFirst) {
        this.label = label;
        this.newestFirst = newestFirst;
    }

    @Override
    public String label() {
        return label;
    }

    /** The first first; each alert is in one. */
    List<AlertBand> bands() {
        return switch (this) {
            case NEWEST -> List.of(AlertBand.ALL);
            case OLDEST_OPEN -> AlertBand.OPEN_FIRST;
            case SEVERITY -> AlertBand.MOST_URGENT_FIRST;
        };
    }

    /** Within a band. */
    Comparator<AlertPlace> withinBand() {
        Comparator<AlertPlace> byStart = Comparator.comparingLong(AlertPlace::start);
        return (newestFirst ? byStart.reversed() : byStart).thenComparing(AlertPlace::id);
    }

    /** The same, for the archive. */
    ArchiveOrder inArchive() {
        return new ArchiveOrder("event.start", newestFirst, List.of("event.id"));
    }
}

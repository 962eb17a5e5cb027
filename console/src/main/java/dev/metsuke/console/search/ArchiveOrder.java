package dev.metsuke.console.search;

import java.util.List;

/**
 * In which order documents are found.
 *
 * @param time the time by which they are ordered
 * @param newestFirst whether the latest comes first
 * @param ties the fields by which documents of one time are ordered, the last of which tells them apart
 */
public record ArchiveOrder(String time, boolean newestFirst, List<String> ties) {

    public ArchiveOrder {
        ties = List.copyOf(ties);
    }

    /** By when documents say that they happened. */
    public static ArchiveOrder newestFirst(List<String> ties) {
        return new ArchiveOrder("@timestamp", true, ties);
    }
}

package dev.metsuke.shipper.tail;

import java.util.ArrayList;
import java.util.List;

/**
 * What proves another file to begin with the same bytes.
 *
 * @param offset how many of the first bytes it covers
 * @param checksum their CRC-32C
 */
public record Checkpoint(long offset, int checksum) {

    public static final Checkpoint BEGINNING = new Checkpoint(0, 0);

    private static final int LATEST = 4;

    /**
     * The latest and the first of these, and between them fewer the further back: there is one at most about twice as far
     * from the end as any place, so that a file that loses its end is not read anew from its beginning.
     */
    static List<Checkpoint> thinned(List<Checkpoint> ascending) {
        long end = ascending.getLast().offset();
        List<Checkpoint> kept = new ArrayList<>();
        for (int i = ascending.size() - 1; i >= 0; i--) {
            if (i == 0
                    || kept.size() < LATEST
                    || end - ascending.get(i - 1).offset()
                            > 2 * (end - kept.getLast().offset())) {
                kept.add(ascending.get(i));
            }
        }
        return new ArrayList<>(kept.reversed());
    }
}

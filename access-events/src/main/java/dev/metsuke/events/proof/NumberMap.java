package dev.metsuke.events.proof;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by number, for numbers that are mostly near the one that was asked for last: neighbours lie on one page, so that
 * hardly any of them is looked for elsewhere in memory, nor made an object of.
 */
final class NumberMap<V> {

    private static final int PAGE_BITS = 6;
    private static final int PAGE = 1 << PAGE_BITS;

    private final Map<Long, Page> pages = new HashMap<>();
    private int size;

    /** What was turned to last; null where there is no such page. */
    private @Nullable Page open;

    private long openNumber = Long.MIN_VALUE;

    private static final class Page {
        final @Nullable Object[] values = new Object[PAGE];
        int size;
    }

    @Nullable
    V get(long number) {
        Page page = page(number);
        return page == null ? null : value(page, number);
    }

    /** What stood there before. */
    @Nullable
    V put(long number, V value) {
        Page page = page(number);
        if (page == null) {
            page = new Page();
            pages.put(openNumber, page);
            open = page;
        }
        V before = value(page, number);
        page.values[place(number)] = value;
        if (before == null) {
            page.size++;
            size++;
        }
        return before;
    }

    /** What stood there. */
    @Nullable
    V remove(long number) {
        Page page = page(number);
        V removed = page == null ? null : value(page, number);
        if (page != null && removed != null) {
            page.values[place(number)] = null;
            size--;
            if (--page.size == 0) {
                pages.remove(openNumber);
                open = null;
            }
        }
        return removed;
    }

    int size() {
        return size;
    }

    private @Nullable Page page(long number) {
        long wanted = number >> PAGE_BITS;
        if (wanted != openNumber) {
            openNumber = wanted;
            open = pages.get(wanted);
        }
        return open;
    }

    private static int place(long number) {
        return (int) number & (PAGE - 1);
    }

    @SuppressWarnings("unchecked") // only put writes
    private @Nullable V value(Page page, long number) {
        return (V) page.values[place(number)];
    }
}

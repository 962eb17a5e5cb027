package dev.metsuke.detect.state;

import java.util.List;

/** Which of an account's entries: each kind is a section of its own, and they are stored in this order. */
public enum Section {
    /** Its entry in the directory. */
    DIRECTORY(0, Size.ONE),

    /** Until when it was seen at work. */
    SEEN(1, Size.ONE),

    /** How much it read by day. */
    LEDGER(2, Size.ONE),

    /** What HR reported about it. */
    STATUS_REPORTS(3, Size.ONE),

    /** What was approved for it. */
    APPROVALS(4, Size.ONE),

    /** Which department judges it for want of an own history. */
    NEWCOMER(5, Size.ONE),

    /** What its forgotten minutes were to episodes that go on. */
    SETTLED(6, Size.ONE),

    /** What is to be judged again. */
    DUE(7, Size.ONE),

    /** What it read by minute; an entry an hour. */
    MINUTES(8, Size.MANY),

    /** Its closed days; an entry {@link DailyEntries a week}. */
    READ_DAYS(9, Size.MANY_SELDOM_READ),

    /** What it added to its department's days; an entry a week. */
    PERSON_DAYS(10, Size.MANY_SELDOM_READ);

    static final List<Section> ALL = List.of(values());
    static final int COUNT = ALL.size();

    /** Far more than any hour or day has. */
    private static final long MOST = 1L << 54;

    private static final int BITS = 56;

    private final int code;
    private final Size size;

    Section(int code, Size size) {
        this.code = code;
        this.size = size;
    }

    /** Stands in keys; in the order in which the sections are stored. */
    int code() {
        return code;
    }

    static Section of(int code) {
        return ALL.get(code);
    }

    /** Whether it is one of several, of which each is the bit of its code. */
    boolean isAmong(int sections) {
        return (sections & 1 << code) != 0;
    }

    /** It and others. */
    int with(int sections) {
        return sections | 1 << code;
    }

    /** Others but not it. */
    int without(int sections) {
        return sections & ~(1 << code);
    }

    /** Whether an account has one entry at most, which needs no number. */
    boolean isOne() {
        return size == Size.ONE;
    }

    /** Whether the heap has no need of them but for a moment each day. */
    boolean isSeldomRead() {
        return size == Size.MANY_SELDOM_READ;
    }

    /** Where an entry stands among all of its account's: by section, then by number. */
    long place(long number) {
        return ((long) code << BITS) + MOST + Math.clamp(number, -MOST, MOST);
    }

    /** The section of the entry that stands there. */
    static Section at(long place) {
        return of((int) (place >>> BITS));
    }

    /** The number of the entry that stands there. */
    static long number(long place) {
        return (place & ((1L << BITS) - 1)) - MOST;
    }

    private enum Size {
        ONE,
        MANY,
        MANY_SELDOM_READ
    }
}

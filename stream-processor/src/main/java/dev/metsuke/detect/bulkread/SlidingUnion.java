package dev.metsuke.detect.bulkread;

/**
 * Unites the people of windows that slide on. Nobody can be taken out of a sketch, so what a window leaves behind is not
 * subtracted: up to a turn, people are united backwards, with what is between kept at some places; behind it, forwards. A
 * window unites one of each, and the few in front of the next place. When it has passed the turn, the next is at its end.
 */
final class SlidingUnion {

    private static final int MOST_KEPT = 64;

    private final Members members;
    private int first;
    private int turn;
    private int step = 1;
    private People.Sum[] kept = {};
    private People.Sum sinceTurn = new People.Sum();
    private int until;

    SlidingUnion(Members members) {
        this.members = members;
    }

    /** How many people from one place, included, to another, not included; neither is ever before that of an earlier window. */
    long count(int from, int to) {
        if (from >= turn) {
            turnAt(from, to);
        }
        for (; until < to; until++) {
            members.add(until, sinceTurn);
        }
        int next = Math.ceilDiv(from - first, step);
        int place = Math.min(first + next * step, turn);
        People.Sum sum = new People.Sum();
        for (int i = from; i < place; i++) {
            members.add(i, sum);
        }
        if (place < turn) {
            sum.add(kept[next]);
        }
        sum.add(sinceTurn);
        return sum.count();
    }

    private void turnAt(int from, int to) {
        int length = to - from;
        first = from;
        turn = to;
        step = Math.max(1, Math.max((int) Math.sqrt(length), Math.ceilDiv(length, MOST_KEPT)));
        kept = new People.Sum[Math.ceilDiv(length, step)];
        People.Sum sum = new People.Sum();
        for (int i = to - 1; i >= from; i--) {
            members.add(i, sum);
            if ((i - from) % step == 0) {
                People.Sum copy = new People.Sum();
                copy.add(sum);
                kept[(i - from) / step] = copy;
            }
        }
        sinceTurn = new People.Sum();
        until = to;
    }

    /** Who is counted. */
    interface Members {

        /** Adds the people of a place, if they count. */
        void add(int place, People.Sum to);
    }
}

package dev.metsuke.shipper.privacy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The objects and arrays around where a text is read. Whoever writes a line may begin one with each of a million characters,
 * so each takes two bits; only one from which a pointer may lead further takes eight bytes more.
 */
final class OpenLevels {

    private final BitSet objects = new BitSet();
    private final BitSet leading = new BitSet();
    private int depth;
    /** How deep what a pointer leads to begins; 0 outside of such. */
    private int pointedAt;

    private Ways[] ways = new Ways[8];
    /** How many elements of it have begun, where it is an array. */
    private int[] elements = new int[8];

    private int count;
    /** Nested in the same way, they share one. */
    private final Map<Ways, Ways> known = new HashMap<>();

    void begin(boolean isObject, Ways further) {
        objects.set(depth, isObject);
        leading.set(depth, !further.isEmpty());
        depth++;
        if (!further.isEmpty()) {
            if (count == ways.length) {
                ways = Arrays.copyOf(ways, 2 * count);
                elements = Arrays.copyOf(elements, 2 * count);
            }
            Ways same = known.putIfAbsent(further, further);
            ways[count] = same == null ? further : same;
            elements[count] = 0;
            count++;
        }
    }

    /** Begins what a pointer leads to, or what stands in that. */
    void beginPointedAt(boolean isObject) {
        begin(isObject, Ways.NONE);
        if (pointedAt == 0) {
            pointedAt = depth;
        }
    }

    void end() {
        depth--;
        if (leading.get(depth)) {
            count--;
        }
        if (depth < pointedAt) {
            pointedAt = 0;
        }
    }

    boolean isEmpty() {
        return depth == 0;
    }

    boolean isObject() {
        return objects.get(depth - 1);
    }

    /** Whether a pointer leads to the innermost one, or to what that stands in. */
    boolean isPointedAt() {
        return pointedAt > 0;
    }

    /** Where pointers lead to by a member of the innermost one, an object. */
    Ways behind(String name) {
        return leading.get(depth - 1) ? ways[count - 1].behind(name) : Ways.NONE;
    }

    /** Where they lead to by the next element of the innermost one, an array. */
    Ways behindNext() {
        return leading.get(depth - 1) ? ways[count - 1].behind(Integer.toString(elements[count - 1]++)) : Ways.NONE;
    }
}

package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks a few values out of a JSON object in one pass; what nobody asked for is skipped, not decoded. */
final class JsonFields {

    private final Step root = new Step("");
    private final int count;

    /** Answers come in the order of the pointers. */
    JsonFields(List<JsonPointer> pointers) {
        count = pointers.size();
        for (int slot = 0; slot < count; slot++) {
            Step step = root;
            for (String name : pointers.get(slot).names()) {
                step = step.childOrNew(name);
            }
            step.slots = append(step.slots, slot);
        }
    }

    /**
     * Scalars as their text; null for what is absent, null, an object or an array.
     *
     * @throws MalformedJsonException where the text is not one JSON object
     */
    @Nullable
    String[] read(String json) {
        @Nullable String[] values = new @Nullable String[count];
        new JsonScan(json, values).document(root);
        return values;
    }

    private static int[] append(int[] slots, int slot) {
        int[] more = Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = slot;
        return more;
    }

    /** A place on the way to a value that is asked for. */
    static final class Step {

        private static final int ASCII = 128;
        private static final Step[] NONE = {};

        private final String name;
        /** Whether a text can hold the name as it is; one with a quote in it is always escaped. */
        private final boolean isPlain;

        private final List<Step> children = new ArrayList<>();
        /** By the first character of the name, if that is ASCII and no question mark; to be compared whole. */
        private final Step[][] byFirst = new Step[ASCII][];

        private Step[] others = NONE;
        private int[] slots = {};

        private Step(String name) {
            this.name = name;
            this.isPlain = name.chars().noneMatch(unit -> unit < ' ' || unit == '"' || unit == '\\');
            Arrays.fill(byFirst, NONE);
        }

        /** Where the value here belongs among the answers. */
        int[] slots() {
            return slots;
        }

        String name() {
            return name;
        }

        /** Of members with one name the last counts, whatever its value is. */
        void forget(@Nullable String[] values) {
            for (int slot : slots) {
                values[slot] = null;
            }
            for (int i = 0; i < children.size(); i++) {
                children.get(i).forget(values);
            }
        }

        @Nullable
        Step child(String wanted) {
            for (int i = 0; i < children.size(); i++) {
                if (children.get(i).name.equals(wanted)) {
                    return children.get(i);
                }
            }
            return null;
        }

        /**
         * The child whose name stands in the text, up to a closing quote.
         *
         * @param bytes the text, a byte a character; quicker to look at
         */
        @Nullable
        Step childNamedIn(String text, byte[] bytes, int from) {
            int first = from < bytes.length ? bytes[from] : -1;
            // What is not Latin-1 may show as a question mark.
            for (Step likely : first < 0 || first == '?' ? others : byFirst[first]) {
                if (likely.isNamedIn(text, bytes, from)) {
                    return likely;
                }
            }
            return null;
        }

        private boolean isNamedIn(String text, byte[] bytes, int from) {
            int end = from + name.length();
            return isPlain && end < bytes.length && bytes[end] == '"' && text.startsWith(name, from);
        }

        private void add(Step child) {
            children.add(child);
            char first = child.name.isEmpty() ? '"' : child.name.charAt(0);
            if (first < ASCII && first != '?') {
                byFirst[first] = append(byFirst[first], child);
            } else {
                others = append(others, child);
            }
        }

        private static Step[] append(Step[] steps, Step step) {
            Step[] more = Arrays.copyOf(steps, steps.length + 1);
            more[steps.length] = step;
            return more;
        }

        private Step childOrNew(String wanted) {
            Step found = child(wanted);
            if (found == null) {
                found = new Step(wanted);
                add(found);
            }
            return found;
        }
    }
}

package dev.metsuke.shipper.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How far of each pointer one has come where a value stands; of a pointer that does not lead there, nothing. */
record Ways(List<Way> each) {

    static final Ways NONE = new Ways(List.of());

    /** All at their beginning. */
    static Ways of(List<List<String>> pointers) {
        return new Ways(pointers.stream().map(names -> new Way(names, 0)).toList());
    }

    /** Those of them that go on by a member's name or an element's index. */
    Ways behind(String name) {
        List<Way> further = new ArrayList<>(0);
        for (Way way : each) {
            if (way.goesBy(name)) {
                further.add(way.further());
            }
        }
        return further.isEmpty() ? NONE : new Ways(further);
    }

    Ways and(Ways others) {
        return each.isEmpty()
                ? others
                : new Ways(Stream.concat(each.stream(), others.each.stream())
                        .distinct()
                        .toList());
    }

    boolean isEmpty() {
        return each.isEmpty();
    }

    /** Whether a pointer leads to this very value. */
    boolean lead() {
        return !each.isEmpty() && each.stream().anyMatch(Way::leads);
    }

    private record Way(List<String> names, int depth) {

        private static final String ANY = "*";

        boolean goesBy(String name) {
            return depth < names.size()
                    && (names.get(depth).equals(name) || names.get(depth).equals(ANY));
        }

        Way further() {
            return new Way(names, depth + 1);
        }

        boolean leads() {
            return depth == names.size();
        }
    }
}

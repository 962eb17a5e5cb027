package dev.metsuke.detect.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a person works at some moment, as the directory says, and what it said before.
 *
 * @param department null where nobody knows
 * @param formers what no longer held at that moment, from the oldest to the newest
 */
public record Workplace(@Nullable String department, List<Former> formers) {

    public static final Workplace UNKNOWN = new Workplace(null, List.of());

    /** Of what no longer held, what was said of the same person. */
    public List<Former> formersOfPerson() {
        int first = formers.size();
        while (first > 0 && formers.get(first - 1).holder() == null) {
            first--;
        }
        return formers.subList(first, formers.size());
    }

    /** What was said of the person before the department became another one; empty where it was never another. */
    public Optional<Former> before() {
        return formersOfPerson().reversed().stream()
                .filter(former -> !Objects.equals(former.department(), department))
                .findFirst();
    }

    /** What was said of the person last that names another department than this one; unknown where nothing else was said. */
    public Workplace before(String next) {
        if (!next.equals(department)) {
            return this;
        }
        for (int i = formers.size() - 1; i >= 0 && formers.get(i).holder() == null; i--) {
            @Nullable String former = formers.get(i).department();
            if (!next.equals(former)) {
                return new Workplace(former, formers.subList(0, i));
            }
        }
        return UNKNOWN;
    }

    /** The departments in which the person worked at some time from then on, from the first to the present one; empty where none is known. */
    public List<Optional<String>> departmentsSince(Instant from) {
        List<Optional<String>> departments = new ArrayList<>();
        for (Former former : formers) {
            if (former.until().isAfter(from)) {
                departments.add(Optional.ofNullable(former.department()));
            }
        }
        departments.add(Optional.ofNullable(department));
        return departments;
    }
}

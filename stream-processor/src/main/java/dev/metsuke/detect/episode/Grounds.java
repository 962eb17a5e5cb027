package dev.metsuke.detect.episode;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.events.alert.ReadOnDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an episode's alert is explained by beside its numbers. Most need nothing.
 *
 * @param exceeded the ids of approvals that were for some of the accesses, and not enough
 * @param days of which days' reads the largest sum is
 */
public record Grounds(Set<String> exceeded, List<ReadOnDay> days) {

    public static final Grounds NONE = new Grounds(Set.of(), List.of());

    public Grounds {
        exceeded = Set.copyOf(exceeded);
        days = List.copyOf(days);
    }

    boolean isNone() {
        return exceeded.isEmpty() && days.isEmpty();
    }

    /** Also those of another, whose largest sum is not larger. */
    Grounds with(Grounds other) {
        if (other.exceeded.isEmpty()) {
            return this;
        }
        Set<String> both = new TreeSet<>(exceeded);
        both.addAll(other.exceeded);
        return new Grounds(both, days);
    }

    void write(CompactWriter out) {
        out.number(exceeded.size());
        new TreeSet<>(exceeded).forEach(out::text);
        out.number(days.size());
        for (ReadOnDay day : days) {
            out.number(day.date().toEpochDay())
                    .number(day.records())
                    .number(day.datasets().size());
            day.datasets().forEach(part -> out.optionalText(part.dataset()).number(part.records()));
        }
    }

    static Grounds read(CompactReader in) {
        Set<String> exceeded = new TreeSet<>();
        for (int left = in.count(); left > 0; left--) {
            exceeded.add(in.text());
        }
        List<ReadOnDay> days = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            days.add(day(in));
        }
        return new Grounds(exceeded, days);
    }

    private static ReadOnDay day(CompactReader in) {
        LocalDate date = LocalDate.ofEpochDay(in.number());
        long records = in.number();
        List<ReadOnDay.OfDataset> datasets = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            @Nullable String dataset = in.optionalName();
            datasets.add(new ReadOnDay.OfDataset(dataset, in.number()));
        }
        return new ReadOnDay(date, records, datasets);
    }
}

package dev.metsuke.archive.verify;

import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.time.YearMonth;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Seals and the months in whose indices they lie. There may be millions: of each only its month is held here. Immutable. */
final class SealedMonths extends AbstractList<SealedMonth> implements RandomAccess {

    static final SealedMonths NONE = new SealedMonths(SealList.copyOf(List.of()), List.of());

    private final SealList seals;
    private final List<YearMonth> months;

    private SealedMonths(SealList seals, List<YearMonth> months) {
        this.seals = seals;
        this.months = months;
    }

    /**
     * Of seals that were found.
     *
     * @param seals in the order of their numbers
     * @param found among which they are, in any order; of those that are equal the first counts
     */
    static SealedMonths of(SealList seals, Collection<FoundSeal> found) {
        List<FoundSeal> byNumber = new ArrayList<>(found);
        byNumber.sort(Comparator.comparingLong(one -> one.seal().number()));
        Map<YearMonth, YearMonth> shared = new HashMap<>();
        List<YearMonth> months = new ArrayList<>(seals.size());
        int place = 0;
        for (Seal seal : seals) {
            while (!byNumber.get(place).seal().equals(seal)) {
                place++;
            }
            @Nullable String index = byNumber.get(place).index();
            months.add(shared.computeIfAbsent(SealedMonth.in(index, seal).month(), month -> month));
        }
        return new SealedMonths(seals, months);
    }

    @Override
    public SealedMonth get(int place) {
        return SealedMonth.of(seals.get(place), months.get(place));
    }

    @Override
    public int size() {
        return months.size();
    }
}

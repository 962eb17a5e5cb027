package dev.metsuke.events.proof;

import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.Seal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The months of access events that retention deleted, as it recorded. Tells which missing lines were among them: those
 * between two seals lie in the months from the one's to the other's.
 *
 * @param deletions each of an index that is gone, after its time
 * @param tooSoon those that excuse nothing, since fewer years had been kept than whoever verifies asks for
 */
public record DeletedMonths(List<IndexDeletion> deletions, List<Finding.TooSoon> tooSoon) {

    /** By how much clocks may disagree, such as about the month of a seal and of the lines beside it. */
    private static final Duration CLOCKS_AGREE = Duration.ofDays(1);

    /** In months: a seal comes a minute after its line, unless the shipper was stopped between the two. */
    private static final int SHORTLY = 1;

    public DeletedMonths {
        deletions = List.copyOf(deletions);
        tooSoon = List.copyOf(tooSoon);
    }

    /**
     * Those that say of access events that they were deleted when their time was over.
     *
     * @param years for how many years access events must be kept at least; a record's own word for it is worth nothing, since
     *     who can write the archive can write that too
     * @param now nothing was deleted later than that, whatever a record says of a month whose time is not over
     */
    public static DeletedMonths of(Collection<IndexDeletion> recorded, int years, Instant now) {
        Map<String, IndexDeletion> latest = new LinkedHashMap<>();
        for (IndexDeletion deletion : recorded) {
            // Who tells of an index again means the same documents.
            latest.merge(
                    deletion.index() + "/" + deletion.uuid(),
                    deletion,
                    (one, other) -> other.decidedAt().isBefore(one.decidedAt()) ? one : other);
        }
        Map<Boolean, List<IndexDeletion>> byTime = latest.values().stream()
                .filter(deletion -> !deletion.decidedAt().isAfter(now.plus(CLOCKS_AGREE)))
                .filter(deletion -> ArchiveIndex.ACCESS_EVENTS
                        .monthOf(deletion.index())
                        .filter(deletion::isAfterItsTime)
                        .isPresent())
                .collect(Collectors.partitioningBy(deletion -> deletion.years() >= years));
        return new DeletedMonths(
                byTime.getOrDefault(true, List.of()),
                byTime.getOrDefault(false, List.of()).stream()
                        .map(deletion -> new Finding.TooSoon(deletion, years))
                        .toList());
    }

    /** How many documents were deleted. */
    public long documents() {
        return documents(deletions);
    }

    /**
     * Why lines are missing; empty where no record tells, or not of so many, or where they may as well have lain in a month of
     * which nothing is recorded.
     *
     * @param seals of the stream that are believed, in their order
     */
    public Optional<Deleted> explain(Missing missing, List<SealedMonth> seals) {
        return explain(missing, seals, SealedMonth::earliest, true);
    }

    /**
     * Why it cannot be told whether lines are missing since retention deleted them: they may have lain elsewhere, or records
     * explain them only if a seal came by itself to an older index than it can have come to, from a shipper whose clock was
     * ahead.
     *
     * @param seals of the stream that are believed, in their order
     */
    public Optional<Finding> doubt(Missing missing, List<SealedMonth> seals) {
        if (explain(missing, seals).isPresent()) {
            return Optional.empty();
        }
        if (explain(missing, seals, SealedMonth::earliest, false).isPresent()) {
            return Optional.of(new Finding.PerhapsDeleted(missing));
        }
        return explain(missing, seals, SealedMonth::earliestByPlace, false)
                .flatMap(_ -> seals.stream().filter(SealedMonth::isTooOldAPlace).findFirst())
                .map(one -> new Finding.Misplaced(missing, one.seal(), one.month()));
    }

    private Optional<Deleted> explain(
            Missing missing, List<SealedMonth> seals, Function<SealedMonth, YearMonth> earliest, boolean isSure) {
        if (deletions.isEmpty()) {
            return Optional.empty();
        }
        Set<IndexDeletion> among = new LinkedHashSet<>();
        SealedMonth before = null;
        long from = missing.first();
        for (SealedMonth seal : seals) {
            long line = seal.seal().head().sequence();
            if (line >= from && from <= missing.last()) {
                long last = Math.min(line, missing.last());
                if ((isSure && !isNowhereElse(before, seal))
                        || !isExplained(last - from + 1, before, seal, last == line, earliest, among)) {
                    return Optional.empty();
                }
                from = last + 1;
            }
            before = seal;
        }
        // Without a seal behind them they may be of any time since.
        boolean isExplained = from > missing.last()
                || (!isSure && isExplained(missing.last() - from + 1, before, null, false, earliest, among));
        return isExplained && documents(among) >= missing.count()
                ? Optional.of(new Deleted(missing, List.copyOf(among)))
                : Optional.empty();
    }

    /**
     * Whether lines between two seals can have lain in no month of which nothing is recorded. Those between two that follow one
     * another lie about the one or the other, of whose months one may stay. Where seals between them are not there, or where
     * months lie between them, each month must be recorded; and where those before the first one are not there, its own.
     */
    private boolean isNowhereElse(@Nullable SealedMonth before, SealedMonth behind) {
        YearMonth last = SealedMonth.month(behind.seal().signedAt());
        if (before == null) {
            return behind.seal().number() == 1 || isRecorded(behind.earliest(), last);
        }
        YearMonth first = SealedMonth.month(before.seal().signedAt());
        return behind.seal().number() == before.seal().number() + 1
                ? isEachRecorded(first.plusMonths(1), last.minusMonths(1))
                : isEachRecorded(first, last);
    }

    private boolean isRecorded(YearMonth first, YearMonth last) {
        return deletions.stream()
                .map(DeletedMonths::month)
                .anyMatch(month -> !month.isBefore(first) && !month.isAfter(last));
    }

    private boolean isEachRecorded(YearMonth first, YearMonth last) {
        return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
                .allMatch(month -> isRecorded(month, month));
    }

    /**
     * Whether lines between two seals were among what was deleted. The sealed line itself was written shortly before its seal,
     * so where it is missing, or nothing is known of the seals before, old months do not do.
     */
    private boolean isExplained(
            long lines,
            @Nullable SealedMonth before,
            @Nullable SealedMonth behind,
            boolean withSealedLine,
            Function<SealedMonth, YearMonth> earliest,
            Set<IndexDeletion> among) {
        List<IndexDeletion> possible = deletions.stream()
                .filter(deletion -> (before == null || !month(deletion).isBefore(earliest.apply(before)))
                        && (behind == null || !month(deletion).isAfter(behind.latest())))
                .toList();
        among.addAll(possible);
        YearMonth least = behind == null || (before != null && !withSealedLine)
                ? null
                : earliest.apply(behind).minusMonths(SHORTLY);
        boolean isNear = least == null
                || possible.stream().map(DeletedMonths::month).max(Comparator.naturalOrder()).stream()
                        .anyMatch(month -> !month.isBefore(least));
        return isNear && documents(possible) >= lines;
    }

    private static YearMonth month(IndexDeletion deletion) {
        return ArchiveIndex.ACCESS_EVENTS.monthOf(deletion.index()).orElseThrow();
    }

    private static long documents(Collection<IndexDeletion> deletions) {
        return deletions.stream().mapToLong(IndexDeletion::documents).sum();
    }

    /**
     * A seal, and the month in whose index it lies.
     *
     * @param month by Kafka's clock
     */
    public record SealedMonth(Seal seal, YearMonth month) {

        /** In this index, if it is known. */
        public static SealedMonth in(@Nullable String index, Seal seal) {
            return of(
                    seal,
                    Optional.ofNullable(index)
                            .flatMap(ArchiveIndex.SEALS::monthOf)
                            .orElse(null));
        }

        /** Of this month; of that in which it was signed where it is not known. */
        public static SealedMonth of(Seal seal, @Nullable YearMonth month) {
            return new SealedMonth(seal, month == null ? month(seal.signedAt()) : month);
        }

        /**
         * In which month the lines behind it may lie at the earliest. That it lies in an older index than its signature is of
         * does not count: who can write the archive can put it there.
         */
        YearMonth earliest() {
            YearMonth signed = month(seal.signedAt().minus(CLOCKS_AGREE));
            return isTooOldAPlace() ? signed : earliestByPlace();
        }

        private YearMonth earliestByPlace() {
            return month(seal.signedAt().minus(CLOCKS_AGREE)).isBefore(month) ? month.minusMonths(1) : month;
        }

        /** Whether it lies in an older index than it can have come to, unless its shipper's clock was ahead. */
        boolean isTooOldAPlace() {
            return month.isBefore(month(seal.signedAt().minus(CLOCKS_AGREE)));
        }

        /** In which month the lines before it may lie at the latest. */
        YearMonth latest() {
            return month(seal.signedAt().plus(CLOCKS_AGREE)).isAfter(month) ? month.plusMonths(1) : month;
        }

        private static YearMonth month(Instant time) {
            return YearMonth.from(time.atOffset(ZoneOffset.UTC));
        }
    }
}

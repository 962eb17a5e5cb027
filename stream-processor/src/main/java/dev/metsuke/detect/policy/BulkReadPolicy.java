package dev.metsuke.detect.policy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many people's data may be read how fast.
 *
 * @param window the time over which reads are summed, in whole minutes; it slides by the minute
 * @param ceiling how many people's data of one dataset, or of all together, one account may read in a window
 * @param hourTimes how many times the ceiling may be read in an hour
 * @param dayTimes how many times the ceiling may be read in 24 hours
 * @param monthTimes how many times the ceiling may be read in 30 days
 * @param unusual when reads are unusual by the account's own history
 * @param unsizedExports how many exports an account may make in 24 hours that do not say how many people's data they took,
 *     from datasets whose size the policy does not know
 * @param departments another ceiling for some departments, by name
 * @param datasets what differs for some datasets, by name
 * @param accounts another ceiling for some accounts, by name; it goes before every other
 */
public record BulkReadPolicy(
        @Default("10m") Duration window,
        @Default("1000") long ceiling,
        @Default("3") long hourTimes,
        @Default("10") long dayTimes,
        @Default("100") long monthTimes,
        UnusualPolicy unusual,
        @Default("0") long unsizedExports,
        Map<String, Long> departments,
        Map<String, DatasetPolicy> datasets,
        Map<String, Long> accounts) {

    /** More than there are people; so many times {@link #MOST_TIMES} is still a number. */
    static final long MOST_PEOPLE = 1_000_000_000_000L;

    static final String A_CEILING = "must be from 0 to " + MOST_PEOPLE;

    private static final long MOST_TIMES = 1_000_000;

    public BulkReadPolicy {
        datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
        departments = Collections.unmodifiableMap(new TreeMap<>(departments));
        accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
        Check.that()
                .holds(
                        window.isPositive() && window.equals(Duration.ofMinutes(window.toMinutes())),
                        "window must be whole minutes, 1m or more, such as 10m")
                .holds(window.compareTo(Duration.ofHours(1)) <= 0, "window must be 1h or less")
                .holds(isCeiling(ceiling), "ceiling " + A_CEILING)
                .holds(
                        1 <= hourTimes && hourTimes <= dayTimes && dayTimes <= monthTimes && monthTimes <= MOST_TIMES,
                        "hour-times, day-times and month-times must be 1 or more, none less than the one before, and "
                                + MOST_TIMES + " at most")
                .holds(unsizedExports >= 0, "unsized-exports must not be below 0")
                .holdsForEach(departments, BulkReadPolicy::isCeiling, "departments: the ceiling of %s " + A_CEILING)
                .holdsForEach(accounts, BulkReadPolicy::isCeiling, "accounts: the ceiling of %s " + A_CEILING)
                .holds(
                        accounts.keySet().stream().noneMatch(String::isBlank),
                        "accounts: a ceiling needs an account's name, which must not be blank")
                .holds(
                        datasets.keySet().stream().noneMatch(String::isBlank),
                        "datasets: a dataset needs a name, which must not be blank")
                .orThrow();
    }

    /** The same where concurrent posts without a ceiling have the highest of their departments', if any has one. */
    BulkReadPolicy with(Map<String, List<String>> concurrentPosts) {
        Map<String, Long> wider = new TreeMap<>(departments);
        concurrentPosts.forEach((posts, several) -> {
            if (several.stream().anyMatch(departments::containsKey)) {
                several.stream()
                        .map(department -> departments.getOrDefault(department, ceiling))
                        .max(Comparator.naturalOrder())
                        .ifPresent(highest -> wider.putIfAbsent(posts, highest));
            }
        });
        return new BulkReadPolicy(
                window, ceiling, hourTimes, dayTimes, monthTimes, unusual, unsizedExports, wider, datasets, accounts);
    }

    static boolean isCeiling(long number) {
        return number >= 0 && number <= MOST_PEOPLE;
    }

    /** What holds for an account. */
    public Ceilings ceilings(String account, @Nullable String department) {
        return highestCeilings(account, List.of(Optional.ofNullable(department)));
    }

    /** What holds for an account that was in these departments meanwhile; empty stands for none. */
    public Ceilings highestCeilings(String account, Collection<Optional<String>> meanwhile) {
        @Nullable Long ofAccount = accounts.get(account);
        return new Ceilings(
                this,
                ofAccount,
                ofAccount != null
                        ? Set.of(Optional.empty())
                        : meanwhile.stream()
                                .map(department -> department.map(departments::get))
                                .collect(Collectors.toSet()));
    }

    /**
     * How many people's data an account may read in a window. Its own ceiling goes before every other; its department's
     * replaces the default, and where the dataset has one, too, the lower of the two holds. Of several departments, the one that
     * grants most counts.
     *
     * @param policy the policy
     * @param ofAccount the account's own
     * @param ofDepartments its department's, or those of all it was in meanwhile; empty for one that has none, and where the
     *     account's own goes before it
     */
    public record Ceilings(BulkReadPolicy policy, @Nullable Long ofAccount, Set<Optional<Long>> ofDepartments) {

        public Ceilings {
            ofDepartments = Set.copyOf(ofDepartments);
        }

        /** Of the dataset. */
        public long of(String dataset) {
            if (ofAccount != null) {
                return ofAccount;
            }
            DatasetPolicy known = policy.datasets.get(dataset);
            Long ofDataset = known == null ? null : known.ceiling();
            if (ofDataset == null) {
                return ofAll();
            }
            return highest(ofDepartment -> Math.min(ofDataset, ofDepartment.orElse(ofDataset)));
        }

        /** Whatever the dataset. */
        public long ofAll() {
            if (ofAccount != null) {
                return ofAccount;
            }
            return highest(ofDepartment -> ofDepartment.orElse(policy.ceiling));
        }

        private long highest(ToLongFunction<Optional<Long>> granted) {
            return ofDepartments.stream().mapToLong(granted).max().orElseThrow();
        }

        /** No dataset has a lower one. */
        public long least() {
            return Math.min(
                    ofAll(),
                    policy.datasets.keySet().stream().mapToLong(this::of).min().orElse(Long.MAX_VALUE));
        }
    }

    /**
     * Whether a read counts as nobody's, since neither log nor policy tell how many people's data it was. An export of that kind
     * counts by itself.
     */
    public boolean countsAsNobodys(AccessEvent event) {
        return event.records() == null
                && event.subjects().isEmpty()
                && event.action().readsData()
                && !event.action().takesDataOut()
                && event.outcome() != Outcome.FAILURE
                && size(event.dataset()) == null;
    }

    /** How many people the dataset holds, where the policy knows. */
    public @Nullable Long size(@Nullable String dataset) {
        DatasetPolicy known = dataset == null ? null : datasets.get(dataset);
        return known == null ? null : known.size();
    }
}

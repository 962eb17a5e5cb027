package dev.metsuke.detect;

import dev.metsuke.detect.policy.Policy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is usual for departments, computed from all of their accounts at once and in the plainest way. */
final class PeersOracle {

    private final Policy policy;
    private final Map<String, List<BulkOracle>> accounts = new TreeMap<>();
    private final Map<String, Limits> limits = new HashMap<>();

    private record Limits(double hour, double day) {}

    PeersOracle(Policy policy) {
        this.policy = policy;
    }

    void add(@Nullable String department, BulkOracle account) {
        accounts.computeIfAbsent(department == null ? "" : department, named -> new ArrayList<>())
                .add(account);
    }

    void close() {
        Set<Long> days = new TreeSet<>();
        accounts.values().forEach(list -> list.forEach(account -> days.addAll(account.days())));
        days.forEach(day -> accounts.values().forEach(list -> list.forEach(account -> account.close(day))));
    }

    double hourLimit(@Nullable String department, long bound, boolean isWorking) {
        return of(department, bound, isWorking).hour;
    }

    double dayLimit(@Nullable String department, long bound, boolean isWorking) {
        return of(department, bound, isWorking).day;
    }

    private Limits of(@Nullable String department, long bound, boolean isWorking) {
        return department == null
                ? new Limits(Double.MAX_VALUE, Double.MAX_VALUE)
                : limits.computeIfAbsent(
                        department + " " + bound + " " + isWorking, key -> compute(department, bound, isWorking));
    }

    /** The 28 dates that end two days before the bound; of days alike where there are enough of them. */
    private Limits compute(String department, long bound, boolean isWorking) {
        Map<LocalDate, List<long[]>> alike = new TreeMap<>();
        Map<LocalDate, List<long[]>> all = new TreeMap<>();
        for (BulkOracle account : accounts.getOrDefault(department, List.of())) {
            account.personDays().forEach((date, hours) -> {
                if (date.toEpochDay() <= bound - 2 && date.toEpochDay() > bound - 30) {
                    all.computeIfAbsent(date, added -> new ArrayList<>()).add(hours);
                    if (account.isWorkingDay(date) == isWorking) {
                        alike.computeIfAbsent(date, added -> new ArrayList<>()).add(hours);
                    }
                }
            });
        }
        alike.values().removeIf(hours -> hours.size() < 4);
        all.values().removeIf(hours -> hours.size() < 4);
        Map<LocalDate, List<long[]>> used = alike.size() >= 3 ? alike : all;
        if (used.size() < 3) {
            return new Limits(Double.MAX_VALUE, Double.MAX_VALUE);
        }
        long[] days = used.values().stream()
                .flatMap(List::stream)
                .mapToLong(hours -> rounded(Arrays.stream(hours).sum()))
                .toArray();
        long[] hours = used.values().stream()
                .flatMap(List::stream)
                .mapToLong(each -> rounded(Arrays.stream(each).max().orElse(0)))
                .toArray();
        double ofDay = 1.5 * BulkOracle.exactLimit(days, days.length, policy.bulkRead());
        double ofHour = 1.5
                * Math.max(
                        BulkOracle.exactLimit(hours, hours.length, policy.bulkRead()),
                        4.0 * Math.round(BulkOracle.median(days)));
        return new Limits(Math.ceil(ofHour), Math.ceil(ofDay));
    }

    /** Four leading binary digits after the first, and then the middle of what they leave open. */
    private static long rounded(long number) {
        if (number < 32) {
            return number;
        }
        long step = Long.highestOneBit(number) / 16;
        return number / step * step + step / 2;
    }
}

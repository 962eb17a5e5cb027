package dev.metsuke.benchmarks.detect;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * A company's accesses in order of time, the same at every run: ten working days, nearly all by day. Who accesses follows
 * Zipf's law, but that each account in turn has one access, evenly over the time.
 */
final class Accesses implements Iterator<AccessEvent> {

    private static final long SEED = 20_261_126;
    private static final int WORKING_DAYS = 10;
    private static final int DAYS_A_WEEK = 5;
    private static final int LINE_BYTES = 180;

    private final Company company;
    private final long stride;
    private final double[] cumulativeWeights;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long next;

    Accesses(Company company) {
        this.company = company;
        stride = company.events() / company.accounts();
        cumulativeWeights = new double[company.accounts()];
        double sum = 0;
        for (int rank = 0; rank < cumulativeWeights.length; rank++) {
            sum += 1.0 / (rank + 1);
            cumulativeWeights[rank] = sum;
        }
    }

    @Override
    public boolean hasNext() {
        return next < company.events();
    }

    @Override
    public AccessEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the company has no more accesses");
        }
        long number = next++;
        int chance = random.nextInt(1_000);
        Action action = action(chance);
        return access(number, account(number), time(number), action, people(action));
    }

    /** One more, after all others. */
    static AccessEvent late(AccountId account, Instant time) {
        return access(Long.MAX_VALUE, account, time, Action.READ, 1);
    }

    private AccountId account(long number) {
        if (number % stride == 0 && number / stride < company.accounts()) {
            return Company.account(number / stride);
        }
        double weight = random.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1];
        int found = Arrays.binarySearch(cumulativeWeights, weight);
        return Company.account(Math.min(found < 0 ? -found - 1 : found, cumulativeWeights.length - 1));
    }

    private Instant time(long number) {
        double days = (double) WORKING_DAYS * number / company.events();
        int day = (int) days;
        int weekends = 2 * (day / DAYS_A_WEEK);
        return Company.START
                .plus(Duration.ofDays(day + weekends))
                .plusMillis(timeOfDay(days - day).toMillis());
    }

    /** One in fifty before seven and after nine in the evening, the rest evenly between. */
    private static Duration timeOfDay(double part) {
        double hours;
        if (part < 0.01) {
            hours = part / 0.01 * 7;
        } else if (part < 0.99) {
            hours = 7 + (part - 0.01) / 0.98 * 14;
        } else {
            hours = 21 + (part - 0.99) / 0.01 * 3;
        }
        return Duration.ofMillis((long) (hours * 3_600_000));
    }

    private static Action action(int chance) {
        if (chance < 800) {
            return Action.READ;
        }
        if (chance < 900) {
            return Action.SEARCH;
        }
        if (chance < 960) {
            return Action.UPDATE;
        }
        return chance < 992 ? Action.LOGIN : Action.EXPORT;
    }

    private long people(Action action) {
        return switch (action) {
            case SEARCH -> 1 + random.nextInt(10);
            case EXPORT, DOWNLOAD, PRINT, EMAIL, COPY_TO_MEDIA -> 1 + random.nextInt(40);
            case READ, UPDATE, DELETE, LOGIN, LOGOUT -> 1;
        };
    }

    private static AccessEvent access(long number, AccountId account, Instant time, Action action, long people) {
        boolean touchesData = action != Action.LOGIN;
        String line = "{\"ts\":\"" + time + "\",\"user\":\"EXAMPLE\\\\" + account + "\",\"op\":\"" + action.label()
                + "\",\"object\":\"customer\",\"count\":" + people + ",\"client\":{\"ip\":\"10.20.2.14\"}}";
        AccessEvent.Builder event = AccessEvent.builder()
                .timestamp(time)
                .id(HexFormat.of().toHexDigits(SEED) + HexFormat.of().toHexDigits(number))
                .action(action)
                .outcome(Outcome.SUCCESS)
                .created(time.plusMillis(40))
                .original(line)
                .userId(account.value())
                .userName("EXAMPLE\\" + account)
                .sourceIp("10.20.2.14")
                .hostName("crm1")
                .serviceName("crm")
                .logFilePath("/var/log/crm/audit.json")
                .logOffset(number < Long.MAX_VALUE / LINE_BYTES ? number * LINE_BYTES : 0L);
        if (touchesData) {
            // Whoever works with two datasets works with the same two every day.
            int dataset = Math.floorMod(account.hashCode() + (number % 3 == 0 ? 1 : 0), Company.DATASETS.size());
            event = event.dataset(Company.DATASETS.get(dataset)).records(people);
        }
        return event.build();
    }
}

package dev.metsuke.console.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many log-ins failed lately, by name and address together, so that a stranger elsewhere cannot lock a user out, and by
 * address, so that one cannot try a password on everybody. An attempt counts as failed until it is known not to be: many at
 * once are as many.
 */
final class FailedLogIns {

    static final int MOST_OF_NAME = 10;
    static final int MOST_OF_ADDRESS = 100;
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** A host may have all addresses of such a network to itself (RFC 6177). */
    private static final int NETWORK_OF_A_HOST = 64;

    /** More than hashes can be made for in a window. */
    private static final int MOST_REMEMBERED = 20_000;

    private final Map<Source, Failures> failures = new HashMap<>();

    /** Whose attempts are counted together; those of an address whatever the name have an empty one. */
    private record Source(String name, String address) {}

    private record Failures(int count, Instant since) {

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(WINDOW));
        }
    }

    /** Counts an attempt; where there were too many, it is not to be made, and how long not is answered. */
    synchronized Optional<Duration> begin(String name, String address, Instant now) {
        Source ofName = source(name, address);
        Source ofAddress = source("", address);
        Optional<Duration> wait = wait(ofName, MOST_OF_NAME, now).or(() -> wait(ofAddress, MOST_OF_ADDRESS, now));
        if (wait.isEmpty()) {
            forgetWhatIsOver(now);
            add(ofName, now);
            add(ofAddress, now);
        }
        return wait;
    }

    /** The attempt was right, upon which earlier slips count no more. */
    synchronized void succeeded(String name, String address) {
        failures.remove(source(name, address));
        takeBack(source("", address));
    }

    /** The attempt was not looked at. */
    synchronized void withdrawn(String name, String address) {
        takeBack(source(name, address));
        takeBack(source("", address));
    }

    private static Source source(String name, String address) {
        return new Source(
                name,
                address.indexOf(':') < 0
                        ? address
                        : Network.around(IpAddress.parse(address), NETWORK_OF_A_HOST)
                                .toString());
    }

    private Optional<Duration> wait(Source source, int most, Instant now) {
        Failures known = failures.get(source);
        return known == null || known.isOver(now) || known.count() < most
                ? Optional.empty()
                : Optional.of(Duration.between(now, known.since().plus(WINDOW)));
    }

    private void add(Source source, Instant now) {
        failures.merge(
                source,
                new Failures(1, now),
                (known, first) -> known.isOver(now) ? first : new Failures(known.count() + 1, known.since()));
    }

    private void takeBack(Source source) {
        failures.computeIfPresent(
                source, (_, known) -> known.count() == 1 ? null : new Failures(known.count() - 1, known.since()));
    }

    private void forgetWhatIsOver(Instant now) {
        if (failures.size() >= MOST_REMEMBERED) {
            failures.values().removeIf(known -> known.isOver(now));
        }
    }
}

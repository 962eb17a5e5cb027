package dev.metsuke.operations.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;

/** Whether the brokers' names have addresses; where none has one, as while DNS is away, Kafka's clients cannot be made. */
public final class BrokerNames {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Kafka has no type of its own for it. */
    private static final String UNRESOLVABLE = "No resolvable bootstrap urls";

    private BrokerNames() {}

    /**
     * Waits until a name has an address, which Java then remembers for long enough that a client can be made of it.
     *
     * @param stop ends the waiting
     * @param told why no client can be made, at each look
     * @return false where it was stopped
     */
    public static boolean await(KafkaSettings kafka, CountDownLatch stop, Consumer<String> told)
            throws InterruptedException {
        while (stop.getCount() > 0) {
            Optional<String> unknown = obstacle(kafka);
            if (unknown.isEmpty()) {
                return true;
            }
            told.accept(unknown.get());
            if (stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    /** Why no client can be made now, for people; empty where a name has an address. Looks them up. */
    static Optional<String> obstacle(KafkaSettings kafka) {
        List<String> hosts = BrokerAddresses.hosts(kafka.bootstrapServers());
        return hosts.stream().anyMatch(BrokerNames::hasAddress)
                ? Optional.empty()
                : Optional.of("no address is known of " + String.join(", ", hosts)
                        + " (kafka.bootstrap-servers); it is looked up again, in case DNS is away");
    }

    /** Whether a client could not be made because no name had an address then, whatever is known by now. */
    public static boolean wereUnknown(Throwable failure) {
        return Causes.of(failure).stream()
                .anyMatch(cause -> cause instanceof ConfigException
                        && String.valueOf(cause.getMessage()).startsWith(UNRESOLVABLE));
    }

    private static boolean hasAddress(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

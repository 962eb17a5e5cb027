package dev.metsuke.operations.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Whether the brokers' names have addresses; where none has one, as while DNS is away, Kafka's clients cannot be made. */
public final class BrokerNames {

    private BrokerNames() {}

    /** Why no client can be made now, for people; empty where a name has an address. Looks them up. */
    public static Optional<String> obstacle(KafkaSettings kafka) {
        List<String> hosts = BrokerAddresses.hosts(kafka.bootstrapServers());
        return hosts.stream().anyMatch(BrokerNames::hasAddress)
                ? Optional.empty()
                : Optional.of("no address is known of " + String.join(", ", hosts)
                        + " (kafka.bootstrap-servers); it is looked up again, in case DNS is away");
    }

    private static boolean hasAddress(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

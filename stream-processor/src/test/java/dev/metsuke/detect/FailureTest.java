package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class FailureTest {

    private static final Path STATE = Path.of("/var/lib/metsuke/detect");
    private static final long PLENTY = Long.MAX_VALUE;
    private static final RuntimeException CONSEQUENCE =
            new IllegalStateException("Should not be in standby updating state");

    @Test
    void tellsOfTheFullDiskWhateverFailedByIt() {
        assertThat(of(CONSEQUENCE, 12 << 20).reason())
                .isEqualTo("the disk of detect.state-dir /var/lib/metsuke/detect is full (12 MiB left); give it room"
                        + " (java.lang.IllegalStateException: Should not be in standby updating state)");
    }

    @Test
    void tellsWhoseDiskCannotBeWritten() {
        assertThat(of(new StreamsException("store", new IOException("Read-only file system")), PLENTY)
                        .reason())
                .isEqualTo("detect.state-dir /var/lib/metsuke/detect cannot be used"
                        + " (java.io.IOException: Read-only file system)");
    }

    @Test
    void takesNoFailureOfTheNetworkForOneOfTheDisk() {
        SSLHandshakeException refused = new SSLHandshakeException("no trust");

        assertThat(of(new SslAuthenticationException("SSL handshake failed", refused), PLENTY)
                        .reason())
                .isEqualTo("Kafka cannot be spoken to (SSL handshake failed (" + refused + ")); check"
                        + " kafka.bootstrap-servers, kafka.properties, and whether the certificates still hold");
    }

    @Test
    void takesNoFileOfKafkasClientsForOneOfTheState() {
        NoSuchFileException missing = new NoSuchFileException("/etc/metsuke/ca.crt");
        KafkaException unmade = new KafkaException(
                "Failed to create new KafkaAdminClient",
                new InvalidConfigurationException("Failed to load PEM SSL keystore /etc/metsuke/ca.crt", missing));

        assertThat(of(unmade, PLENTY).reason())
                .startsWith(
                        "Kafka cannot be spoken to (Failed to load PEM SSL keystore /etc/metsuke/ca.crt (" + missing);
    }

    @Test
    void prefersTheCauseToWhatComesOfIt() {
        Failure consequence = of(CONSEQUENCE, PLENTY);
        Failure cause = of(new StreamsException("store", new RocksDBException("No space left on device")), PLENTY);

        assertThat(consequence.or(cause)).isEqualTo(cause);
        assertThat(cause.or(consequence)).isEqualTo(cause);
    }

    @Test
    void tellsTheFirstOfEqualOnes() {
        Failure first = of(CONSEQUENCE, PLENTY);

        assertThat(first.reason()).isEqualTo(CONSEQUENCE.toString());
        assertThat(first.or(of(new IllegalStateException("another"), PLENTY))).isEqualTo(first);
    }

    @Test
    void namesTheTopicThatKafkaStreamsDoesNot() {
        MissingSourceTopicException missing = new MissingSourceTopicException("One or more source topics were missing");
        Optional<String> problem = Optional.of("Kafka has no topic metsuke.directory; run metsuke setup");

        assertThat(Failure.of(missing, problem, STATE, PLENTY).reason())
                .isEqualTo("Kafka has no topic metsuke.directory; run metsuke setup");
        assertThat(Failure.of(CONSEQUENCE, problem, STATE, PLENTY).reason()).isEqualTo(CONSEQUENCE.toString());
    }

    private static Failure of(Throwable thrown, long usable) {
        return Failure.of(thrown, Optional.empty(), STATE, usable);
    }
}

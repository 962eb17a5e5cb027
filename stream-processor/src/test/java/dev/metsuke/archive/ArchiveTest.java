package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArchiveTest {

    private static final KafkaSettings NOBODY = KafkaSettings.of("127.0.0.1:1");

    @Test
    void saysThatItFailedWhereTheMemoryDidNotSuffice() throws InterruptedException {
        MeterRegistry exhausted = new SimpleMeterRegistry() {
            @Override
            protected Counter newCounter(Meter.Id id) {
                if (id.getName().equals("metsuke.archive.indices.closed")) {
                    throw new OutOfMemoryError("surprise");
                }
                return super.newCounter(id);
            }
        };

        assertThat(endOf(NOBODY, exhausted)).isEqualTo(new Condition.Failed("surprise"));
    }

    @Test
    void saysWhyKafkasClientCannotBeMade() throws InterruptedException {
        // Not with the time-out that the archive sets.
        KafkaSettings unfit = new KafkaSettings("127.0.0.1:1", 4, (short) 1, Map.of("group.protocol", "consumer"));

        assertThat(endOf(unfit, new SimpleMeterRegistry()).describe()).contains("group.protocol");
    }

    @Test
    void waitsForBrokersOfWhichNoAddressIsKnown() throws InterruptedException {
        try (Archive archive = archive(KafkaSettings.of("nobody.invalid:9092"), new SimpleMeterRegistry())) {
            archive.start();
            while (archive.condition() instanceof Condition.Starting) {
                Thread.sleep(5);
            }
            // What the brokers' watch says is the same.
            assertThat(archive.condition()).isInstanceOf(Condition.Waiting.class);
            assertThat(archive.condition().describe()).contains("nobody.invalid");
        }
    }

    @Test
    void waitsWhereDnsComesBackBetweenTwoLooks() throws InterruptedException {
        KafkaSettings lately = new KafkaSettings(
                "127.0.0.1:1", 4, (short) 1, Map.of("interceptor.classes", DnsIsAway.class.getName()));

        try (Archive archive = archive(lately, new SimpleMeterRegistry())) {
            archive.start();
            while (!archive.condition().describe().contains("No resolvable bootstrap urls")) {
                Thread.sleep(5);
            }
            assertThat(archive.condition()).isNotInstanceOf(Condition.ForGood.class);
        }
    }

    @Test
    void stopsWhileASilentNodeIsAskedForTheTemplates() throws Exception {
        // Nobody accepts; the system takes the connections and what is sent all the same.
        try (TopicsBroker broker = TopicsBroker.start();
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Archive archive = new Archive(
                    KafkaSettings.of(broker.address()),
                    ElasticsearchSettings.of(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
                    SettingsFile.defaults().section("archive", ArchiveSettings.class),
                    new SimpleMeterRegistry());
            archive.start();
            try (Socket asking = silent.accept()) {
                assertThat(asking.getInputStream().read()).isEqualTo('H');
                long start = System.nanoTime();

                archive.close();

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
                assertThat(archive.condition()).isInstanceOf(Condition.Stopped.class);
            }
        }
    }

    /** Fails a consumer in its making as Kafka does where no name has an address. */
    public static final class DnsIsAway implements ConsumerInterceptor<byte[], byte[]> {

        @Override
        public void configure(Map<String, ?> configs) {
            throw new ConfigException("No resolvable bootstrap urls given in bootstrap.servers");
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }

    private static Condition endOf(KafkaSettings kafka, MeterRegistry meters) throws InterruptedException {
        try (Archive archive = archive(kafka, meters)) {
            archive.start();
            while (!(archive.condition() instanceof Condition.ForGood)) {
                Thread.sleep(5);
            }
            return archive.condition();
        }
    }

    private static Archive archive(KafkaSettings kafka, MeterRegistry meters) {
        return new Archive(
                kafka,
                ElasticsearchSettings.of(URI.create("http://127.0.0.1:1")),
                SettingsFile.defaults().section("archive", ArchiveSettings.class),
                meters);
    }
}

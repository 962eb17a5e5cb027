package dev.metsuke.console.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingChainTest {

    @TempDir
    Path folder;

    private final Brokers brokers = new Brokers();

    @Test
    void asksAgainWhatBecameOfAReadingAndWritesItOnce() throws Exception {
        ReadingChain chain = chain();
        chain.write(reading("first"));
        brokers.last().commitTransactionException = new TimeoutException("the answer was lost");
        brokers.commitsAllTheSame = true;

        chain.write(reading("second"));

        assertThat(brokers.asked()).containsExactly("first", "second");
    }

    @Test
    void writesAReadingBehindOneThatWasGivenUpAndStandsThereAllTheSame() throws Exception {
        ReadingChain chain = chain();
        chain.write(reading("first"));
        brokers.last().commitTransactionException = new TimeoutException("the answer was lost");
        brokers.commitsAllTheSame = true;
        brokers.isSilent = true;
        assertThatThrownBy(() -> chain.write(reading("second"))).isInstanceOf(WriteFailedException.class);
        brokers.isSilent = false;

        chain.write(reading("third"));

        assertThat(brokers.asked()).containsExactly("first", "second", "third");
    }

    private ReadingChain chain() {
        return new ReadingChain(brokers, "office", folder, Duration.ofSeconds(5));
    }

    private static AccessEvent reading(String asked) {
        return ReadingTrace.event("mori", null, Action.SEARCH, asked, List.of(), Instant.now());
    }

    /** What was committed, whatever the producer was told. */
    private static final class Brokers implements ReadingChain.Broker {

        private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
        private boolean commitsAllTheSame;
        private boolean isSilent;

        @Override
        public Producer<String, byte[]> producer() {
            producers.add(new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()));
            return last();
        }

        @Override
        public ReadingHead head(String stream) throws WriteFailedException {
            if (isSilent) {
                throw new WriteFailedException("Kafka does not answer", null);
            }
            byte[] last = null;
            for (ProducerRecord<String, byte[]> record : committed()) {
                last = record.topic().equals(Topic.READING_HEADS.title()) ? record.value() : last;
            }
            try {
                return last == null ? ReadingHead.NONE : ReadingHead.fromJson(last);
            } catch (MalformedDocumentException e) {
                throw new AssertionError(e);
            }
        }

        MockProducer<String, byte[]> last() {
            return producers.getLast();
        }

        List<ProducerRecord<String, byte[]>> committed() {
            List<ProducerRecord<String, byte[]>> committed = new ArrayList<>();
            for (MockProducer<String, byte[]> producer : producers) {
                committed.addAll(producer.history());
                if (commitsAllTheSame && producer.commitTransactionException != null) {
                    committed.addAll(producer.uncommittedRecords());
                }
            }
            return committed;
        }

        List<String> asked() throws Exception {
            List<String> asked = new ArrayList<>();
            for (ProducerRecord<String, byte[]> record : committed()) {
                if (record.topic().equals(Topic.ACCESS_EVENTS.title())) {
                    asked.add(String.valueOf(
                            AccessEventJson.decode(record.value()).original()));
                }
            }
            return asked;
        }
    }
}

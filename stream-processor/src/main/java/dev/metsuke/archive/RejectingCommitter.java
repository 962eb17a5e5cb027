package dev.metsuke.archive;

import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.RejectedValue;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to {@code metsuke.rejected} in the very transaction that commits the offsets past them, so that neither
 * happens without the other.
 */
final class RejectingCommitter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RejectingCommitter.class);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final String groupId;
    private @Nullable Producer<byte[], byte[]> producer;

    RejectingCommitter(KafkaSettings settings, String groupId) {
        this.settings = settings;
        this.groupId = groupId;
    }

    /**
     * Rejects and commits.
     *
     * @return false when neither happened; the caller tries again later
     */
    boolean commit(
            List<Rejection> rejections, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        try {
            commitWhole(rejections, offsets, group);
            LOG.warn(
                    "{} records cannot be archived and went to {}; the first is {}: {}",
                    rejections.size(),
                    Topic.REJECTED,
                    TopicIndexing.origin(rejections.getFirst().record()),
                    rejections.getFirst().reason());
            return true;
        } catch (KafkaException e) {
            LOG.warn("Rejected records could not be sent to {} and are tried again: {}", Topic.REJECTED, e.toString());
            close();
            return false;
        }
    }

    private void commitWhole(
            List<Rejection> rejections, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        try {
            transact(records(rejections, UnaryOperator.identity()), offsets, group);
        } catch (RecordTooLargeException e) {
            transact(records(rejections, RejectedValue::beginning), offsets, group);
        }
    }

    private void transact(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> transactional = producer();
        transactional.beginTransaction();
        try {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            records.forEach(record -> acknowledgements.add(transactional.send(record)));
            transactional.flush();
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
            transactional.sendOffsetsToTransaction(offsets, group);
            transactional.commitTransaction();
        } catch (ExecutionException e) {
            transactional.abortTransaction();
            if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> records(
            List<Rejection> rejections, UnaryOperator<RejectedValue> kept) {
        return rejections.stream()
                .map(rejection -> record(
                        rejection,
                        kept.apply(RejectedValue.whole(rejection.record().value(), rejection.reason()))))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> record(Rejection rejection, RejectedValue kept) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.REJECTED.title(), utf8(rejection.record().topic()), kept.bytes());
        Headers headers = record.headers();
        headers.add(Header.REASON, utf8(kept.reason()));
        headers.add(Header.STAGE, utf8(TopicIndexing.STAGE));
        headers.add(Header.ORIGIN, utf8(TopicIndexing.origin(rejection.record())));
        return record;
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> client = settings.clientProperties("metsuke-archive-rejected");
            client.put(ProducerConfig.ACKS_CONFIG, "all");
            client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            client.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
            client.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
            client.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            client.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
            client.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
            client.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, groupId + "-" + UUID.randomUUID());
            Producer<byte[], byte[]> fresh =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
            try {
                fresh.initTransactions();
            } catch (KafkaException e) {
                fresh.close(Duration.ZERO);
                throw e;
            }
            producer = fresh;
        }
        return producer;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
            producer = null;
        }
    }
}

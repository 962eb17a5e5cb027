package dev.metsuke.archive;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that can never be archived as it is.
 *
 * @param record as Kafka gave it
 * @param reason why
 */
record Rejection(ConsumerRecord<byte[], byte[]> record, String reason) {}

package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AlertWatcherTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.ALERTS.title(), 0);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void goesOnWhereItWasWhenKafkaAnswersAgain() throws InterruptedException {
        MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] nodes = {node};
        kafka.updatePartitions(PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, node, nodes, nodes)));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.updateEndOffsets(Map.of(PARTITION, 2L));
        kafka.schedulePollTask(() -> add(kafka, 0, "sato"));
        kafka.schedulePollTask(() -> kafka.setOffsetsException(new TimeoutException("nobody answers")));
        kafka.schedulePollTask(() -> kafka.setPollException(new AuthorizationException("nobody may")));
        kafka.schedulePollTask(() -> add(kafka, 1, "ito"));

        try (AlertWatcher watcher =
                new AlertWatcher(kafka, (alert, before) -> told.add(alert.account() + (before ? " again" : "")))) {
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("sato");
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("ito");
            assertThat(watcher.alerts()).containsExactly(SampleAlert.of("sato", 3), SampleAlert.of("ito", 3));
        }
        assertThat(told).isEmpty();
    }

    private static void add(MockConsumer<String, byte[]> kafka, long offset, String account) {
        byte[] alert = SampleAlert.of(account, 3).toJson();
        kafka.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, account, alert));
    }
}

package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a broker that is fenced again and again: its heartbeats come seldom, and the controller wants them often. */
class CreatedTopicsIT {

    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration SESSION = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(ServerOptions.in(folder)
                .withSetting("broker.session.timeout.ms", Long.toString(SESSION.toMillis()))
                .withSetting("broker.heartbeat.interval.ms", Long.toString(HEARTBEAT.toMillis())));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void waitsWhileAllBrokersAreFenced() throws Exception {
        // Given
        awaitFence();

        // When
        CreatedTopics.create(admin, List.of(topic("patient", 1)));

        // Then
        assertThat(admin.listTopics().names().get()).contains("patient");
    }

    @Test
    void refusesAtOnceWhatCanNeverBePlaced() {
        assertThatThrownBy(() -> CreatedTopics.create(admin, List.of(topic("too-wide", 2))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InvalidReplicationFactorException.class);
    }

    @Test
    void tellsOfATopicThatExists() throws Exception {
        CreatedTopics.create(admin, List.of(topic("twice", 1)));

        assertThatThrownBy(() -> CreatedTopics.create(admin, List.of(topic("twice", 1))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TopicExistsException.class);
    }

    /** Returns once the controller has refused to place a topic that it would place at any other time. */
    private static void awaitFence() throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                admin.createTopics(List.of(topic("impatient-" + attempt, 1)))
                        .all()
                        .get();
            } catch (ExecutionException refused) {
                assertThat(refused).hasMessageContaining("fenced");
                return;
            }
            Thread.sleep(SESSION.dividedBy(10));
        }
    }

    private static NewTopic topic(String name, int replicationFactor) {
        return new NewTopic(name, 1, (short) replicationFactor);
    }
}

package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class AskingThreadTest {

    private static final Duration EVERY = Duration.ofMillis(1);
    /** Nobody listens there; a client is made all the same. */
    private static final Map<String, Object> CLIENT =
            KafkaSettings.of("127.0.0.1:1").clientProperties("test");

    private final Queue<Admin> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch fourTimes = new CountDownLatch(4);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void asksByANewClientAfterAnErrorOfTheJavaMachineAndNoMoreOnceItIsClosed() throws Exception {
        AskingThread thread = new AskingThread("test", CLIENT, EVERY, this::failTwice, failures::add);
        try (thread) {
            thread.start();
            assertThat(fourTimes.await(1, TimeUnit.MINUTES)).isTrue();
        }
        int before = asked.size();
        Thread.sleep(50);

        assertThat(failures).hasSize(2).hasExactlyElementsOfTypes(ExecutionException.class, StackOverflowError.class);
        List<Admin> clients = List.copyOf(asked);
        assertThat(clients.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(clients.get(3)).isSameAs(clients.get(2));
        assertThat(asked.size()).isLessThanOrEqualTo(before + 1);
    }

    private void failTwice(Admin admin) throws ExecutionException {
        asked.add(admin);
        fourTimes.countDown();
        switch (asked.size()) {
            case 1 -> throw new ExecutionException(new IllegalStateException());
            case 2 -> throw new StackOverflowError();
            default -> assertThat(failures).hasSize(2);
        }
    }

    @Test
    void tellsOfAClientThatCannotBeMade() throws Exception {
        Map<String, Object> wrong = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
        CountDownLatch twice = new CountDownLatch(2);
        try (AskingThread thread = new AskingThread("test", wrong, EVERY, asked::add, failure -> twice.countDown())) {
            thread.start();
            assertThat(twice.await(1, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(asked).isEmpty();
    }
}

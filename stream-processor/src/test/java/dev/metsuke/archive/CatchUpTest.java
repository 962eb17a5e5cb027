package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.kafka.KafkaSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CatchUpTest {

    @Test
    @Timeout(20)
    void doesNotWaitForABrokerThatIsSilentWhenItIsClosed() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            CatchUp catchUp = new CatchUp(KafkaSettings.of("127.0.0.1:" + broker.getLocalPort()), "archive");
            Future<Boolean> isThrough = asking.submit(catchUp::isThrough);
            try (Socket _ = broker.accept()) {
                catchUp.close();

                assertThat(isThrough.get()).isFalse();
            }
        }
    }
}

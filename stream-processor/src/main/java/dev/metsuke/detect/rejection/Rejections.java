package dev.metsuke.detect.rejection;

import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.RejectedValue;
import dev.metsuke.events.topic.Topic;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/** Writes refused records for the rejected topic; they leave in the transaction of what was processed with them. */
final class Rejections {

    /** The setting under which the counter reaches the handlers, which Kafka Streams makes by itself. */
    static final String COUNTER = "metsuke.detect.rejected.counter";

    private static final String STAGE = "detect";

    private @Nullable Counter counter;

    void configure(Map<String, ?> settings) {
        counter = settings.get(COUNTER) instanceof Counter given ? given : null;
    }

    ProducerRecord<byte[], byte[]> reject(
            ErrorHandlerContext origin, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        if (counter != null) {
            counter.increment();
        }
        // Where there is no value, the key is all the bytes there are.
        byte[] raw = value == null ? key : value;
        RejectedValue kept = RejectedValue.fitting(raw == null ? new byte[0] : raw, reason);
        ProducerRecord<byte[], byte[]> rejected =
                new ProducerRecord<>(Topic.REJECTED.title(), bytes(origin.topic()), kept.bytes());
        rejected.headers().add(Header.REASON, bytes(kept.reason()));
        rejected.headers().add(Header.STAGE, bytes(STAGE));
        rejected.headers().add(Header.ORIGIN, bytes(origin.topic() + "-" + origin.partition() + "@" + origin.offset()));
        return rejected;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

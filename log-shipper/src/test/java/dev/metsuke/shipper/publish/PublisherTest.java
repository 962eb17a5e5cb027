package dev.metsuke.shipper.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.topic.Header;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final byte[] STREAM = "shipper-1/crm".getBytes(StandardCharsets.UTF_8);

    @Test
    void cutsALongReasonBetweenCharacters() {
        ProducerRecord<byte[], byte[]> rejection = Publisher.rejection(
                STREAM, new byte[10], 2, 7, "x".repeat(499) + "\uD83D\uDE00".repeat(600_000), "/log/a:0");

        assertThat(reason(rejection)).isEqualTo("x".repeat(499) + "…");
        assertThat(rejection.value()).hasSize(5);
    }

    @Test
    void keepsAShortReasonWhole() {
        assertThat(reason(Publisher.rejection(STREAM, new byte[1], 0, 1, "not a JSON line", "/log/a:0")))
                .isEqualTo("not a JSON line");
    }

    @Test
    void cutsTheRawBytesToWhatKeyAndHeadersLeave() {
        byte[] raw = new byte[2_000_000];

        ProducerRecord<byte[], byte[]> rejection =
                Publisher.rejection(STREAM, raw, 5, raw.length, "目".repeat(1_000), "/" + "d".repeat(4_000) + ":0");

        int headers = StreamSupport.stream(rejection.headers().spliterator(), false)
                .mapToInt(header -> header.key().length() + header.value().length)
                .sum();
        assertThat(rejection.key().length + rejection.value().length + headers).isEqualTo(Publisher.LONGEST_RECORD);
    }

    @Test
    void leavesRoomForAnEventsAccountAndId() {
        assertThat(Publisher.longestEvent(new byte[200_000], "id"))
                .isEqualTo(Publisher.LONGEST_RECORD - 200_000 - (Header.ID + "id").length());
    }

    @Test
    void knowsARecordThatIsTooLongByItsCause() {
        assertThat(Publisher.isTooLong(new KafkaException("in error state", new RecordTooLargeException("too large"))))
                .isTrue();
        assertThat(Publisher.isTooLong(new TimeoutException("no broker"))).isFalse();
    }

    private static String reason(ProducerRecord<byte[], byte[]> rejection) {
        return new String(rejection.headers().lastHeader(Header.REASON).value(), StandardCharsets.UTF_8);
    }
}

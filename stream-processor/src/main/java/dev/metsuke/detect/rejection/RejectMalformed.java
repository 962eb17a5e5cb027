package dev.metsuke.detect.rejection;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Sends bytes that are not the document they should be to the rejected topic, and goes on. */
public final class RejectMalformed implements DeserializationExceptionHandler {

    private final Rejections rejections = new Rejections();

    /** What both handlers need in the settings of Kafka Streams. */
    public static Map<String, Object> settings(Counter rejected) {
        return Map.of(
                "deserialization.exception.handler",
                RejectMalformed.class,
                "processing.exception.handler",
                RejectUnfit.class,
                // There is no global thread; left out, Kafka Streams warns of it at every start.
                "processing.exception.handler.global.enabled",
                true,
                Rejections.COUNTER,
                rejected);
    }

    @Override
    public void configure(Map<String, ?> settings) {
        rejections.configure(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        Throwable cause = exception.getCause() == null ? exception : exception.getCause();
        return Response.resume(
                List.of(rejections.reject(context, record.key(), record.value(), String.valueOf(cause.getMessage()))));
    }
}

package dev.metsuke.detect.rejection;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/** Sends records that cannot be used to the rejected topic, and goes on; any other failure is not a record's fault. */
public final class RejectUnfit implements ProcessingExceptionHandler {

    private final Rejections rejections = new Rejections();

    @Override
    public void configure(Map<String, ?> settings) {
        rejections.configure(settings);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (exception instanceof UnfitRecordException unfit) {
            return Response.resume(List.of(rejections.reject(
                    context, context.sourceRawKey(), context.sourceRawValue(), String.valueOf(unfit.getMessage()))));
        }
        return Response.fail();
    }
}

package dev.metsuke.console.http;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.WriteFailedException;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file that is published whole: 422 with every problem and nothing published where a row is wrong, 503 where
 * Kafka did not take it; {@code dry_run=true} publishes nothing.
 */
public final class CsvUpload {

    private CsvUpload() {}

    /** Publishes what is no trial, and puts into the answer what came or would come of it. */
    @FunctionalInterface
    public interface Publication {
        void publish(Map<String, @Nullable Object> body, boolean isTrial) throws WriteFailedException;
    }

    /**
     * Answers.
     *
     * @param asked what its address asks for
     * @param ofContent what is wrong with what is to be published
     */
    public static void publish(
            Context request, QueryParameters asked, List<Problem> ofContent, Publication publication) {
        boolean isTrial = asked.isTrial();
        List<Problem> problems = new ArrayList<>(asked.problems());
        problems.addAll(ofContent);
        if (!problems.isEmpty()) {
            Answer.refuse(request, 422, Text.of("entry.nothing-published", problems.size()), problems);
            return;
        }
        Map<String, @Nullable Object> body = Answer.body();
        try {
            publication.publish(body, isTrial);
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
            return;
        }
        body.put("published", !isTrial);
        Answer.json(request, 200, body);
    }
}

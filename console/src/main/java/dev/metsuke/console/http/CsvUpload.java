package dev.metsuke.console.http;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.publish.WriteFailedException;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file that is published whole: 422 with every problem and nothing published where a row is wrong, 503 where
 * Kafka did not take it; {@code dry_run=true} publishes nothing.
 */
public final class CsvUpload {

    private static final List<String> PARAMETERS = List.of("dry_run");

    private CsvUpload() {}

    /** Publishes what is no trial, and puts into the answer what came or would come of it. */
    @FunctionalInterface
    public interface Publication {
        void publish(Map<String, @Nullable Object> body, boolean isTrial) throws WriteFailedException;
    }

    /**
     * Answers.
     *
     * @param ofFile what is wrong with it
     * @param kind what its rows are called in the answer
     * @param rows how many are right
     * @param encoding in what the file was written
     */
    public static void answer(
            Context request, List<Problem> ofFile, String kind, int rows, String encoding, Publication publication) {
        publish(request, PARAMETERS, ofFile, (body, isTrial) -> {
            publication.publish(body, isTrial);
            body.put(kind, rows);
            body.put("encoding", encoding);
        });
    }

    /**
     * The same of anything that is published whole.
     *
     * @param parameters the names that its address may have
     * @param ofContent what is wrong with what is to be published
     */
    public static void publish(
            Context request, List<String> parameters, List<Problem> ofContent, Publication publication) {
        Optional<Boolean> dryRun = dryRun(request);
        if (dryRun.isEmpty()) {
            return;
        }
        List<Problem> problems =
                new ArrayList<>(EnteredNames.unknown(request.queryParamMap().keySet(), parameters));
        problems.addAll(ofContent);
        if (!problems.isEmpty()) {
            Answer.refuse(request, 422, Text.of("entry.nothing-published", problems.size()), problems);
            return;
        }
        Map<String, @Nullable Object> body = Answer.body();
        try {
            publication.publish(body, dryRun.get());
        } catch (WriteFailedException e) {
            Answer.refuse(request, 503, e.reason());
            return;
        }
        body.put("published", !dryRun.get());
        Answer.json(request, 200, body);
    }

    /** Whether {@code dry_run} asks for a trial; empty, and refused, where it is neither true nor false. */
    public static Optional<Boolean> dryRun(Context request) {
        String written = request.queryParam("dry_run");
        Optional<Boolean> meant = parsed(written);
        if (meant.isEmpty()) {
            Answer.refuse(request, 400, Text.of("entry.dry-run", String.valueOf(written)));
        }
        return meant;
    }

    static Optional<Boolean> parsed(@Nullable String dryRun) {
        if (dryRun == null || dryRun.equals("false")) {
            return Optional.of(false);
        }
        return dryRun.equals("true") ? Optional.of(true) : Optional.empty();
    }
}

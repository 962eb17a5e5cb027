package dev.metsuke.console.http;

import dev.metsuke.console.entry.Problem;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON; an error is always {@code {"error": "…", "problems": [{"line", "field", "message"}]}}. */
public final class Answer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REFUSAL = "metsuke.refusal";
    private static final String MEDIA_TYPE = "application/json; charset=utf-8";

    private Answer() {}

    public static void json(Context request, int status, Object body) {
        request.status(status).contentType(MEDIA_TYPE).result(JSON.writeValueAsBytes(body));
    }

    /** An error in one sentence. */
    public static void refuse(Context request, int status, String error) {
        request.attribute(REFUSAL, error);
        json(request, status, Map.of("error", error));
    }

    /** The sentence by which a request was refused; null where it was not. */
    public static @Nullable String refusal(Context request) {
        return request.attribute(REFUSAL);
    }

    /** An error with everything that is wrong. */
    public static void refuse(
            Context request,
            int status,
            String error,
            Collection<? extends Map<String, ? extends @Nullable Object>> problems) {
        json(request, status, Map.of("error", error, "problems", List.copyOf(problems)));
    }

    /** The same, in the words of the first problem. */
    public static void refuse(Context request, int status, List<Problem> problems) {
        refuse(
                request,
                status,
                problems.getFirst().describe(),
                problems.stream().map(Problem::members).toList());
    }

    /** The same as text. */
    public static String text(Object body) {
        return JSON.writeValueAsString(body);
    }

    /** A map that keeps order and takes nulls, for bodies. */
    public static Map<String, @Nullable Object> body() {
        return new LinkedHashMap<>();
    }
}

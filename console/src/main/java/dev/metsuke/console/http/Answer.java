package dev.metsuke.console.http;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.AcceptLanguage;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.language.Language;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers as JSON, in the language that the request asks for; an error is always {@code {"error": "…", "problems": [{"line",
 * "field", "name", "message"}]}}, in which {@code name} is what the field is called in that language.
 */
public final class Answer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REFUSAL = "metsuke.refusal";
    private static final String MEDIA_TYPE = "application/json; charset=utf-8";

    private Answer() {}

    public static void json(Context request, int status, Object body) {
        request.status(status).contentType(MEDIA_TYPE).result(JSON.writeValueAsBytes(body));
    }

    /** What the request asks for; a page's scripts ask for the page's own. */
    public static Language language(Context request) {
        return AcceptLanguage.wanted(request.header("Accept-Language"));
    }

    /** Notes by which sentence a request is refused whose answer is in another protocol's words. */
    public static void noteRefusal(Context request, Text error) {
        request.attribute(REFUSAL, error);
    }

    /** An error in one sentence. */
    public static void refuse(Context request, int status, Text error) {
        noteRefusal(request, error);
        json(request, status, Map.of("error", error.in(language(request))));
    }

    /** The same in English alone. */
    public static void refuse(Context request, int status, String error) {
        refuse(request, status, Text.english(error));
    }

    /** The sentence by which a request was refused; null where it was not. */
    public static @Nullable Text refusal(Context request) {
        return request.attribute(REFUSAL);
    }

    /** An error with everything that is wrong. */
    public static void refuse(Context request, int status, Text error, List<Problem> problems) {
        Language language = language(request);
        json(request, status, Map.of("error", error.in(language), "problems", members(problems, language)));
    }

    /** The same, in the words of the first problem. */
    public static void refuse(Context request, int status, List<Problem> problems) {
        refuse(request, status, problems.getFirst(), problems);
    }

    /** Problems as members of an answer. */
    public static List<Map<String, @Nullable Object>> members(List<Problem> problems, Language language) {
        return problems.stream().map(problem -> problem.members(language)).toList();
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

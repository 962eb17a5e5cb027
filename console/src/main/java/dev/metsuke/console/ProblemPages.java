package dev.metsuke.console;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.Language;
import dev.metsuke.console.language.Texts;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** Why something is not shown or not done: programs are told in JSON; who came by a browser gets a page with a way back. */
final class ProblemPages {

    private static final List<Integer> STATUSES = List.of(403, 404, 413, 429, 500, 503);

    private ProblemPages() {}

    static void addTo(RoutesConfig routes) {
        for (int status : STATUSES) {
            String page = PageFiles.framed("problem", "page.problem." + status, Language.ENGLISH);
            routes.error(status, "html", request -> explain(request, page));
        }
    }

    private static void explain(Context request, String page) {
        String reason = Answer.refusal(request);
        if (reason == null) {
            return;
        }
        Texts texts = Texts.in(Language.ENGLISH);
        String back = Pages.firstPageOf(Caller.of(request)) == null
                ? ""
                : "<p><a class=\"button\" href=\"/\">" + texts.of("page.problem.back") + "</a></p>\n";
        request.contentType(Pages.HTML)
                .result(page.replace("{{back}}", back)
                        .replace("{{reason}}", texts.of("page.problem.reason", asText(reason))));
    }

    private static String asText(String reason) {
        return reason.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

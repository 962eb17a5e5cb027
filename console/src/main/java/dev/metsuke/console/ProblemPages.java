package dev.metsuke.console;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.language.Texts;
import dev.metsuke.events.language.Language;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Why something is not shown or not done: programs are told in JSON; who came by a browser gets a page with a way back. */
final class ProblemPages {

    private static final List<Integer> STATUSES = List.of(403, 404, 413, 429, 500, 503);

    private final PageLanguage languages;

    ProblemPages(PageLanguage languages) {
        this.languages = languages;
    }

    void addTo(RoutesConfig routes) {
        for (int status : STATUSES) {
            Map<Language, String> pages = new EnumMap<>(Language.class);
            for (Language language : Language.values()) {
                pages.put(language, PageFiles.framed("problem", "page.problem." + status, language));
            }
            routes.error(status, "html", request -> explain(request, pages));
        }
    }

    private void explain(Context request, Map<Language, String> pages) {
        Text reason = Answer.refusal(request);
        if (reason == null) {
            return;
        }
        Language language = reason.isTranslated() ? languages.of(request.header("Accept-Language")) : Language.ENGLISH;
        Texts texts = Texts.in(language);
        String back = Pages.firstPageOf(Caller.of(request)) == null
                ? ""
                : "<p><a class=\"button\" href=\"/\">" + texts.of("page.problem.back") + "</a></p>\n";
        request.header("Vary", "Accept-Language")
                .header("Content-Language", language.label())
                .contentType(Pages.HTML)
                .result(Objects.requireNonNull(pages.get(language))
                        .replace("{{back}}", back)
                        .replace("{{reason}}", texts.of("page.problem.reason", asText(reason.in(language)))));
    }

    private static String asText(String reason) {
        return reason.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

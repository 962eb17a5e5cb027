package dev.metsuke.console;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.Doorkeeper;
import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.Refusal;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.language.Text;
import dev.metsuke.console.language.Texts;
import dev.metsuke.events.language.Language;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages: a closed list of files, read once. */
final class Pages {

    static final String HTML = "text/html; charset=utf-8";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", HTML,
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "svg", "image/svg+xml");

    private final PageLanguage languages;
    private final boolean takesLogIns;

    /**
     * Pages that nobody has asked for yet.
     *
     * @param takesLogIns whether there are users, who have to log in
     */
    Pages(PageLanguage languages, boolean takesLogIns) {
        this.languages = languages;
        this.takesLogIns = takesLogIns;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", Pages::firstPage);
        servePage(routes, "/alerts", "alerts", Role.OFFICER, Role.AUDITOR);
        servePage(routes, "/alerts/{id}", "alerts", Role.OFFICER, Role.AUDITOR);
        servePage(routes, "/approvals", "approvals", Role.OFFICER, Role.AUDITOR);
        servePage(routes, "/policy", "policy", Role.OFFICER, Role.AUDITOR);
        servePage(routes, "/report", "report", Role.HR);
        servePage(routes, "/directory", "directory", Role.HR);
        servePage(routes, "/search", "search", Role.AUDITOR, Role.OFFICER);
        if (takesLogIns) {
            servePage(routes, Doorkeeper.LOG_IN, "log-in");
        }
        for (String asset : new String[] {
            "console.css",
            "alerts.js",
            "alert-fields.js",
            "alert-scope.js",
            "alert-settings.js",
            "alert-filters.js",
            "alert-list.js",
            "alert-selection.js",
            "alert-detail.js",
            "approvals.js",
            "approval-table.js",
            "policy.js",
            "report.js",
            "report-table.js",
            "latest-reports.js",
            "directory.js",
            "entry-form.js",
            "csv-drop.js",
            "latest-list.js",
            "tables.js",
            "search.js",
            "log-in.js",
            "session.js",
            "page.js",
            "texts.js",
            "event-table.js",
            "triage.js",
            "problem.js",
            "icon.svg"
        }) {
            routes.get("/assets/" + asset, handler(PageFiles.read(asset), asset.substring(asset.lastIndexOf('.') + 1)));
        }
        for (Language language : Language.values()) {
            routes.get(
                    "/assets/texts." + language.label() + ".json",
                    handler(bytes(Answer.text(Texts.in(language).ofScripts())), "json"));
        }
        new ProblemPages(languages).addTo(routes);
    }

    private static void firstPage(Context request) {
        Caller caller = Caller.of(request);
        String page = firstPageOf(caller);
        if (page == null) {
            throw new Refusal(403, Text.of("answer.no-page", caller.name()));
        }
        request.redirect(page);
    }

    /** Null for whom no page is. */
    static @Nullable String firstPageOf(Caller caller) {
        Set<Role> roles = caller.roles();
        return roles.contains(Role.OFFICER) || roles.contains(Role.AUDITOR)
                ? "/alerts"
                : roles.contains(Role.HR) ? "/report" : null;
    }

    private void servePage(RoutesConfig routes, String path, String page, RouteRole... roles) {
        Map<Language, Handler> byLanguage = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            byLanguage.put(language, byArrival(PageFiles.framed(page, "page.title." + page, language)));
        }
        String vary = languages.isReaders() ? "Sec-Fetch-Site, Accept-Language" : "Sec-Fetch-Site";
        routes.get(
                path,
                request -> {
                    Language language = languages.of(request.header("Accept-Language"));
                    request.header("Vary", vary).header("Content-Language", language.label());
                    Objects.requireNonNull(byLanguage.get(language)).handle(request);
                },
                roles);
    }

    /** A page that another site led to knows it, and reads nothing in the user's name before they say so. */
    private static Handler byArrival(String page) {
        Handler own = handler(bytes(page), "html");
        Handler foreign = handler(bytes(page.replace("<html ", "<html data-arrival=\"foreign\" ")), "html");
        return request -> (RequestGuard.isForeign(request.header("Sec-Fetch-Site")) ? foreign : own).handle(request);
    }

    private static Handler handler(byte[] content, String extension) {
        String tag = "\"" + tagOf(content) + "\"";
        String type = MEDIA_TYPES.getOrDefault(extension, "text/plain");
        return request -> {
            request.header("Cache-Control", "no-cache").header("ETag", tag);
            if (tag.equals(request.header("If-None-Match"))) {
                request.status(304);
            } else {
                request.contentType(type).result(content);
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String tagOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

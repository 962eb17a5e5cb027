package dev.metsuke.console;

import dev.metsuke.console.access.Caller;
import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.http.Answer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages: a closed list of files, read once. */
final class Pages {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String BACK = "<p><a class=\"button\" href=\"/\">Back to the console</a></p>\n";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", HTML,
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** What went wrong, by the answer's status. */
    private static final Map<Integer, String> PROBLEMS = Map.of(
            403, "You may not do this",
            404, "There is nothing here",
            413, "This is too large",
            429, "Not now",
            500, "This failed",
            503, "This cannot be shown now");

    private Pages() {}

    static void addTo(RoutesConfig routes) {
        routes.get("/", Pages::firstPage);
        String alerts = framed("alerts", "Alerts");
        servePage(routes, "/alerts", alerts, Role.OFFICER, Role.AUDITOR);
        servePage(routes, "/alerts/{id}", alerts, Role.OFFICER, Role.AUDITOR);
        servePage(routes, "/report", framed("report", "Report a status"), Role.HR);
        servePage(routes, "/search", framed("search", "Search"), Role.AUDITOR, Role.OFFICER);
        for (String asset : new String[] {
            "console.css",
            "alerts.js",
            "alert-fields.js",
            "alert-filters.js",
            "alert-list.js",
            "alert-selection.js",
            "alert-detail.js",
            "report.js",
            "report-table.js",
            "latest-reports.js",
            "search.js",
            "page.js",
            "event-table.js",
            "triage.js",
            "problem.js",
            "icon.svg"
        }) {
            routes.get("/assets/" + asset, handler(read(asset), asset.substring(asset.lastIndexOf('.') + 1)));
        }
        PROBLEMS.forEach((status, title) -> {
            String page = framed("problem", title);
            routes.error(status, "html", request -> explain(request, page));
        });
    }

    /** Programs are told in JSON; who came by a browser gets a page with a way back. */
    private static void explain(Context request, String page) {
        String reason = Answer.refusal(request);
        if (reason != null) {
            request.contentType(HTML)
                    .result(page.replace("{{back}}", firstPageOf(Caller.of(request)) == null ? "" : BACK)
                            .replace("{{reason}}", asText(reason)));
        }
    }

    private static String asText(String reason) {
        return reason.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void firstPage(Context request) {
        Caller caller = Caller.of(request);
        String page = firstPageOf(caller);
        if (page == null) {
            throw new ForbiddenResponse("no page here is for " + caller.name());
        }
        request.redirect(page);
    }

    /** Null for whom no page is. */
    private static @Nullable String firstPageOf(Caller caller) {
        Set<Role> roles = caller.roles();
        return roles.contains(Role.OFFICER) || roles.contains(Role.AUDITOR)
                ? "/alerts"
                : roles.contains(Role.HR) ? "/report" : null;
    }

    /** A page's own part in the frame that all of them share. */
    private static String framed(String page, String title) {
        return text("frame.html")
                .replace("{{page}}", page)
                .replace("{{main}}", text(page + ".html"))
                .replace("{{title}}", title);
    }

    private static String text(String file) {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    /** A page that another site led to knows it, and reads nothing in the user's name before they say so. */
    private static void servePage(RoutesConfig routes, String path, String page, RouteRole... roles) {
        Handler own = handler(bytes(page), "html");
        Handler foreign = handler(bytes(page.replace("<html ", "<html data-arrival=\"foreign\" ")), "html");
        routes.get(
                path,
                request -> {
                    request.header("Vary", "Sec-Fetch-Site");
                    (RequestGuard.isForeign(request.header("Sec-Fetch-Site")) ? foreign : own).handle(request);
                },
                roles);
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

    private static byte[] read(String file) {
        try (InputStream content = Pages.class.getResourceAsStream("pages/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the page " + file + " is not in this build");
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tagOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

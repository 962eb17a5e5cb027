package dev.metsuke.console.access;

import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.Refusal;
import dev.metsuke.console.language.Text;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Stands before all routes: headers on every answer, then the guard, then who it is and what they may do. */
public final class Doorkeeper {

    // Orchestrators ask these by whatever address they know, without credentials.
    private static final Set<String> PROBES = Set.of("/live", "/ready");

    private static final String METRICS = "/metrics";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=()");

    private final Supplier<RequestGuard> guard;
    private final ClientAddress client;
    private final Authentication authentication;

    public Doorkeeper(Supplier<RequestGuard> guard, ClientAddress client, Authentication authentication) {
        this.guard = guard;
        this.client = client;
        this.authentication = authentication;
    }

    /** Before any other route. */
    public void addTo(RoutesConfig routes) {
        routes.before(this::letIn);
        routes.beforeMatched(this::checkRole);
    }

    private void letIn(Context request) {
        HEADERS.forEach(request::header);
        request.header("Cache-Control", "no-store");
        if (PROBES.contains(request.path())) {
            return;
        }
        Optional<Text> refusal = isScraped(request)
                ? Optional.empty()
                : guard.get()
                        .refusal(
                                request.method().name(),
                                request.path(),
                                request.header("Host"),
                                request.header("Origin"),
                                request.header("Sec-Fetch-Site"),
                                request.header(RequestGuard.HEADER));
        if (refusal.isPresent()) {
            throw new Refusal(403, refusal.get());
        }
        if (RequestGuard.isAhead(request.header("Sec-Purpose")) || RequestGuard.isAhead(request.header("Purpose"))) {
            throw new Refusal(403, Text.of("access.ahead"));
        }
        String address = client.of(request.ip(), Collections.list(request.req().getHeaders(ClientAddress.HEADER)));
        switch (authentication.logIn(request.header("Authorization"), address)) {
            case LogIn.LetIn in -> in.caller().attachTo(request);
            case LogIn.Missing _, LogIn.Wrong _ -> {
                request.header("WWW-Authenticate", "Basic realm=\"Metsuke\", charset=\"UTF-8\"");
                Answer.refuse(request, 401, Text.of("access.log-in"));
                request.skipRemainingHandlers();
            }
            case LogIn.NotNow not -> {
                long seconds = not.after().plusSeconds(1).toSeconds();
                request.header("Retry-After", Long.toString(seconds));
                throw new Refusal(not.status(), Text.of("access.not-now", not.reason(), seconds));
            }
        }
    }

    /**
     * Prometheus asks for the figures by whatever address it knows, too. With users that is safe under a foreign name: no browser
     * sends along a password that it was given for the console's own. Without users nothing else would keep a foreign page out.
     */
    private boolean isScraped(Context request) {
        return request.path().equals(METRICS) && authentication.isRequired();
    }

    private void checkRole(Context request) {
        Set<RouteRole> allowed = request.routeRoles();
        Caller caller = Caller.of(request);
        if (!allowed.isEmpty() && caller.roles().stream().noneMatch(allowed::contains)) {
            throw new Refusal(403, Text.of("access.no-role", caller.name(), roles(allowed)));
        }
    }

    /** Any of them. */
    private static Text roles(Set<RouteRole> allowed) {
        return allowed.stream()
                .map(role -> ((Role) role).label())
                .sorted()
                .map(label -> Text.of("access.role." + label))
                .reduce((some, next) -> Text.of("access.or", some, next))
                .orElseThrow();
    }
}

package dev.metsuke.console.access;

import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.Refusal;
import dev.metsuke.console.language.Text;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Stands before all routes: headers on every answer, then the guard, then who it is and what they may do. */
public final class Doorkeeper {

    /** The page by which people log in. */
    public static final String LOG_IN = "/log-in";

    // Orchestrators ask these by whatever address they know, without credentials.
    private static final Set<String> PROBES = Set.of("/live", "/ready");

    private static final String METRICS = "/metrics";

    /** Where identity providers tell of users. */
    public static final String SCIM = "/scim/v2/";

    /** What a browser needs before anybody has logged in. Assets are the program's own, and the same for everybody. */
    private static final Set<String> OPEN = Set.of(LOG_IN, SessionRoutes.LOG_IN);

    private static final String ASSETS = "/assets/";

    private static final String BASIC = "Basic realm=\"Metsuke\", charset=\"UTF-8\"";

    /** A browser would ask for a password by itself, over the page. It leaves what it does not know to the page. */
    private static final String COOKIE =
            "Cookie realm=\"Metsuke\", form-action=\"" + LOG_IN + "\", cookie-name=\"" + SessionCookie.NAME + '"';

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
    private final Sessions sessions;

    public Doorkeeper(
            Supplier<RequestGuard> guard,
            ClientAddress client,
            List<ConsoleUser> users,
            SessionSettings sessions,
            InstantSource clock,
            MeterRegistry meters) {
        this.guard = guard;
        this.client = client;
        authentication = new Authentication(users, clock, meters);
        this.sessions = new Sessions(users, sessions, clock);
    }

    /** Before any other route. */
    public void addTo(RoutesConfig routes) {
        routes.before(this::letIn);
        routes.beforeMatched(this::checkRole);
        if (authentication.isRequired()) {
            new SessionRoutes(authentication, sessions).addTo(routes);
        }
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
                                isProvider(request) || request.header(RequestGuard.HEADER) != null);
        if (refusal.isPresent()) {
            throw new Refusal(403, refusal.get());
        }
        if (RequestGuard.isAhead(request.header("Sec-Purpose")) || RequestGuard.isAhead(request.header("Purpose"))) {
            throw new Refusal(403, Text.of("access.ahead"));
        }
        String address = client.of(request.ip(), Collections.list(request.req().getHeaders(ClientAddress.HEADER)));
        switch (logIn(request, address)) {
            case LogIn.LetIn in -> in.caller().attachTo(request);
            case LogIn.Missing _
            when isOpen(request.path()) -> Caller.nobody(address).attachTo(request);
            case LogIn.Missing _
            when isPage(request) -> {
                request.redirect(LOG_IN + "?to=" + URLEncoder.encode(asked(request), StandardCharsets.UTF_8));
                request.skipRemainingHandlers();
            }
            case LogIn.Missing _, LogIn.Wrong _ -> {
                request.header("WWW-Authenticate", isByPage(request) ? COOKIE : BASIC);
                Answer.refuse(request, 401, Text.of("access.log-in"));
                request.skipRemainingHandlers();
            }
            case LogIn.NotNow not -> throw notNow(request, not);
        }
    }

    static Refusal notNow(Context request, LogIn.NotNow not) {
        long seconds = not.after().plusSeconds(1).toSeconds();
        request.header("Retry-After", Long.toString(seconds));
        return new Refusal(not.status(), Text.of("access.not-now", not.reason(), seconds));
    }

    /** Programs send a password with each request, browsers a session. */
    private LogIn logIn(Context request, String address) {
        String authorization = request.header("Authorization");
        return (authorization == null ? sessions.caller(SessionCookie.of(request), address) : Optional.<Caller>empty())
                .<LogIn>map(LogIn.LetIn::new)
                .orElseGet(() -> authentication.logInByHeader(authorization, address));
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path) || path.startsWith(ASSETS);
    }

    /** Whether somebody opens a page, by an address or a link. */
    private static boolean isPage(Context request) {
        String accepted = request.header("Accept");
        return HandlerType.GET.equals(request.method()) && accepted != null && accepted.contains("text/html");
    }

    /** Whether a page's script asks, or listens, which cannot set a header. */
    private static boolean isByPage(Context request) {
        String accepted = request.header("Accept");
        return request.header(RequestGuard.HEADER) != null
                || request.header("Sec-Fetch-Site") != null
                || (accepted != null && accepted.contains("text/event-stream"));
    }

    private static String asked(Context request) {
        String query = request.queryString();
        return query == null ? request.path() : request.path() + '?' + query;
    }

    /**
     * Prometheus asks for the figures by whatever address it knows, too. With users that is safe under a foreign name: no browser
     * sends along a password or a cookie that is the console's own. Without users nothing else would keep a foreign page out.
     */
    private boolean isScraped(Context request) {
        return request.path().equals(METRICS) && authentication.isRequired();
    }

    /**
     * Identity providers know no header of ours. That they are no page is told by what a page cannot send, or cannot help sending:
     * it says where it is from, and has a cookie for what a provider shows with each request.
     */
    private boolean isProvider(Context request) {
        return request.path().startsWith(SCIM)
                && authentication.isRequired()
                && request.header("Authorization") != null
                && request.header("Origin") == null
                && request.header("Sec-Fetch-Site") == null;
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

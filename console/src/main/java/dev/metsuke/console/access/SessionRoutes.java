package dev.metsuke.console.access;

import dev.metsuke.console.entry.EnteredNames;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.http.Answer;
import dev.metsuke.console.http.Refusal;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How people log in and out; programs send their password with every request instead (HTTP Basic).
 *
 * <ul>
 *   <li>{@code POST /api/log-in} with {@code {"name", "password"}}: {@code {"name"}}, and a cookie; 401 where the two do not belong
 *       together, 429 and 503 where they were not looked at
 *   <li>{@code POST /api/log-out}: {@code {}}; ends the session of the cookie, if there is one
 * </ul>
 */
final class SessionRoutes {

    static final String LOG_IN = "/api/log-in";

    private static final Logger LOG = LoggerFactory.getLogger(SessionRoutes.class);
    private static final String LOG_OUT = "/api/log-out";

    private final Authentication authentication;
    private final Sessions sessions;

    SessionRoutes(Authentication authentication, Sessions sessions) {
        this.authentication = authentication;
        this.sessions = sessions;
    }

    void addTo(RoutesConfig routes) {
        routes.post(LOG_IN, this::logIn);
        routes.post(LOG_OUT, this::logOut);
    }

    private void logIn(Context request) {
        Credentials credentials;
        try {
            JsonDocument body = JsonDocument.parseEntered(request.bodyAsBytes());
            List<Problem> unknown = EnteredNames.unknown(body.members().keySet(), List.of("name", "password"));
            if (!unknown.isEmpty()) {
                Answer.refuse(request, 422, unknown);
                return;
            }
            credentials = new Credentials(body.requiredText("name"), body.requiredText("password"));
        } catch (MalformedDocumentException e) {
            Answer.refuse(request, 400, String.valueOf(e.getMessage()));
            return;
        }
        String address = Objects.requireNonNull(Caller.of(request).address(), "whom the doorkeeper saw has an address");
        switch (authentication.logIn(credentials, address)) {
            case LogIn.LetIn in -> {
                LOG.info("“{}” logged in from {}", credentials.shownName(), address);
                SessionCookie.set(request, sessions.begin(in.caller().name()));
                Answer.json(request, 200, Map.of("name", in.caller().name()));
            }
            case LogIn.Missing _, LogIn.Wrong _ -> throw new Refusal(401, Text.of("access.wrong"));
            case LogIn.NotNow not -> throw Doorkeeper.notNow(request, not);
        }
    }

    private void logOut(Context request) {
        sessions.end(SessionCookie.of(request));
        SessionCookie.remove(request);
        LOG.info("“{}” logged out", Caller.of(request).name());
        Answer.json(request, 200, Map.of());
    }
}

package dev.metsuke.console.alerts;

import dev.metsuke.console.access.Role;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Leads from an alert to Kibana's dashboard of its account, from a day before it to a day after. */
public final class KibanaLink {

    private static final Pattern SLASHES_AT_THE_END = Pattern.compile("/+$");
    private static final Duration AROUND = Duration.ofDays(1);

    private final @Nullable URI kibana;

    /** @param kibana where people reach it; absent, no alert links there */
    public KibanaLink(@Nullable URI kibana) {
        this.kibana = kibana;
    }

    /**
     * In the space of the reader: an auditor may not see the officer's.
     *
     * @param alert the ECS document
     */
    public @Nullable String to(JsonDocument alert, Set<Role> reader) throws MalformedDocumentException {
        if (kibana == null) {
            return null;
        }
        String space = reader.contains(Role.OFFICER) ? "metsuke-officer" : "metsuke-auditor";
        String query = "user.id: \"" + inKibanasQuery(alert.requiredText("user.id")) + "\"";
        return SLASHES_AT_THE_END.matcher(kibana.toString()).replaceFirst("") + "/s/" + space
                + "/app/dashboards#/view/metsuke-account?_g=(time:(from:"
                + rison(alert.requiredInstant("event.start").minus(AROUND).toString())
                + ",to:"
                + rison(alert.requiredInstant("event.end").plus(AROUND).toString())
                + "))&_a=(query:(language:kuery,query:" + rison(query) + "))";
    }

    private static String inKibanasQuery(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** A text in the notation that Kibana's addresses have. */
    private static String rison(String text) {
        String quoted = "'" + text.replace("!", "!!").replace("'", "!'") + "'";
        return URLEncoder.encode(quoted, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

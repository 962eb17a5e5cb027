package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event of Okta's System Log (https://developer.okta.com/docs/reference/system-log-query/). */
final class OktaParser implements LineParser {

    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final List<String> IAM = List.of("iam");
    private static final String SECOND_FACTOR = "user.authentication.auth_via_mfa";
    // https://developer.okta.com/docs/reference/api/event-types/
    private static final Map<String, Action> KNOWN = Map.ofEntries(
            Map.entry("user.session.start", Action.LOGIN),
            Map.entry("user.session.access_admin_app", Action.LOGIN),
            Map.entry("user.authentication.sso", Action.LOGIN),
            Map.entry("user.authentication.auth_via_radius", Action.LOGIN),
            Map.entry(SECOND_FACTOR, Action.LOGIN),
            // By Okta's own support.
            Map.entry("user.session.impersonation.initiate", Action.LOGIN),
            Map.entry("user.session.impersonation.end", Action.LOGOUT),
            Map.entry("user.session.end", Action.LOGOUT),
            Map.entry("user.authentication.slo", Action.LOGOUT),
            Map.entry("analytics.reports.export.download", Action.DOWNLOAD),
            Map.entry("app.audit_report.download", Action.DOWNLOAD),
            Map.entry("user.account.update_profile", Action.UPDATE),
            Map.entry("user.lifecycle.create", Action.UPDATE),
            Map.entry("user.lifecycle.delete.completed", Action.DELETE));

    private final SourceRules rules;
    private final Operations operations;

    OktaParser(SourceRules rules, Map<String, Action> settings) {
        this.rules = rules;
        this.operations = new Operations(KNOWN, settings);
    }

    @Override
    public ParseResult parse(String line) {
        return JsonTree.interpret(line, "a System Log event", this::interpret);
    }

    private ParseResult interpret(JsonTree tree) {
        String type = tree.text("eventType");
        String written = tree.text("published");
        Instant time = written == null ? null : Times.iso(written, ZoneOffset.UTC);
        if (type == null || written == null) {
            return ParseResult.rejected("not a System Log event: no eventType and published");
        }
        if (time == null) {
            return ParseResult.unreadableTime(written);
        }
        // Whoever passed it is told of by the session's start; who failed at it is told of nowhere else.
        if (type.equals(SECOND_FACTOR) && outcome(tree) != Outcome.FAILURE) {
            return new ParseResult.Ignored("step of a sign-in");
        }
        Action action = operations.of(type);
        return action == null ? Operations.none() : new ParseResult.Parsed(event(tree, action, time));
    }

    private AccessEvent.Builder event(JsonTree tree, Action action, Instant time) {
        String account = Operations.named(tree.get("actor").text("alternateId"));
        JsonTree client = tree.get("client");
        boolean session = action == Action.LOGIN || action == Action.LOGOUT;
        AccessEvent.Builder event = rules.event()
                .timestamp(time)
                .action(action)
                .outcome(outcome(tree))
                .eventCategories(session ? AUTHENTICATION : IAM)
                .userId(rules.accounts().normalise(account))
                .userName(account)
                .userAgent(client.get("userAgent").text("rawUserAgent"))
                .destination(Destination.of(action));
        Address.put(event, client.text("ipAddress"));
        String application = application(tree);
        if (application != null) {
            event.serviceName(application);
        }
        return session ? event : rules.touch(event, rules.dataset());
    }

    /** The application that a person was signed on to. */
    private static @Nullable String application(JsonTree tree) {
        for (JsonTree target : tree.get("target").elements()) {
            if ("AppInstance".equals(target.text("type"))) {
                return target.text("displayName");
            }
        }
        return null;
    }

    private static Outcome outcome(JsonTree tree) {
        return switch (tree.get("outcome").text("result")) {
            case "SUCCESS", "ALLOW" -> Outcome.SUCCESS;
            case "FAILURE", "DENY" -> Outcome.FAILURE;
            case null, default -> Outcome.UNKNOWN;
        };
    }
}

package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One record of AWS CloudTrail. */
final class CloudtrailParser implements LineParser {

    private static final List<String> API = List.of("api");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final List<String> READING =
            List.of("Get", "List", "Describe", "Head", "Lookup", "Search", "Select");
    private static final String EVENT_TIME = "/eventTime";
    private static final String EVENT_NAME = "/eventName";
    private static final String EVENT_SOURCE = "/eventSource";
    private static final String READ_ONLY = "/readOnly";
    private static final String ERROR_CODE = "/errorCode";
    private static final String SOURCE_ADDRESS = "/sourceIPAddress";
    private static final String USER_AGENT = "/userAgent";
    private static final String USER_TYPE = "/userIdentity/type";
    private static final String USER_NAME = "/userIdentity/userName";
    private static final String SESSION_ISSUER = "/userIdentity/sessionContext/sessionIssuer/userName";
    private static final String PRINCIPAL = "/userIdentity/principalId";
    private static final String USER_ARN = "/userIdentity/arn";
    private static final String INVOKED_BY = "/userIdentity/invokedBy";
    private static final String BUCKET = "/requestParameters/bucketName";
    private static final String CONSOLE_LOGIN = "/responseElements/ConsoleLogin";
    private static final List<String> POINTERS = List.of(
            EVENT_TIME,
            EVENT_NAME,
            EVENT_SOURCE,
            READ_ONLY,
            ERROR_CODE,
            SOURCE_ADDRESS,
            USER_AGENT,
            USER_TYPE,
            USER_NAME,
            SESSION_ISSUER,
            PRINCIPAL,
            USER_ARN,
            INVOKED_BY,
            BUCKET,
            CONSOLE_LOGIN);
    private static final JsonFields FIELDS =
            new JsonFields(POINTERS.stream().map(JsonPointer::parse).toList());

    private final SourceRules rules;

    CloudtrailParser(SourceRules rules) {
        this.rules = rules;
    }

    @Override
    public ParseResult parse(String line) {
        Map<String, String> values = new HashMap<>();
        try {
            @Nullable String[] found = FIELDS.read(line);
            for (int i = 0; i < found.length; i++) {
                String value = found[i];
                if (value != null && !value.isBlank()) {
                    values.put(POINTERS.get(i), value);
                }
            }
        } catch (JacksonException e) {
            return ParseResult.rejected("not a CloudTrail record: " + e.getOriginalMessage());
        }
        String name = values.get(EVENT_NAME);
        String written = values.get(EVENT_TIME);
        Instant time = written == null ? null : Times.iso(written, rules.zone());
        if (name == null || time == null) {
            return ParseResult.rejected("not a CloudTrail record: no eventName and eventTime");
        }
        String account = account(values);
        AccessEvent.Builder event = rules.event()
                .timestamp(time)
                .action(action(name, values))
                .outcome(outcome(values))
                .eventCategories(name.equals("ConsoleLogin") ? AUTHENTICATION : API)
                .userId(rules.accounts().normalise(account))
                .userName(account)
                .userAgent(values.get(USER_AGENT));
        rules.touch(event, dataset(values));
        String service = values.get(EVENT_SOURCE);
        if (service != null) {
            event.serviceName(service);
        }
        Address.put(event, values.get(SOURCE_ADDRESS));
        return new ParseResult.Parsed(event);
    }

    /** Who did it; for an assumed role the role, for a service acting by itself the service. */
    private static @Nullable String account(Map<String, String> values) {
        if ("Root".equals(values.get(USER_TYPE))) {
            return "root";
        }
        for (String pointer : List.of(USER_NAME, SESSION_ISSUER, PRINCIPAL, USER_ARN, INVOKED_BY)) {
            String value = values.get(pointer);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String dataset(Map<String, String> values) {
        String bucket = values.get(BUCKET);
        String mapped = bucket == null ? null : rules.tableDataset(null, bucket);
        return mapped == null ? rules.dataset() : mapped;
    }

    private static Action action(String name, Map<String, String> values) {
        if (name.equals("ConsoleLogin")) {
            return Action.LOGIN;
        }
        String readOnly = values.get(READ_ONLY);
        boolean reads = readOnly == null ? READING.stream().anyMatch(name::startsWith) : readOnly.equals("true");
        if (reads) {
            return Action.READ;
        }
        return name.startsWith("Delete") ? Action.DELETE : Action.UPDATE;
    }

    private static Outcome outcome(Map<String, String> values) {
        return values.containsKey(ERROR_CODE) || "Failure".equals(values.get(CONSOLE_LOGIN))
                ? Outcome.FAILURE
                : Outcome.SUCCESS;
    }
}

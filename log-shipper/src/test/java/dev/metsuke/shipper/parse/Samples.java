package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Rules and shortcuts that the parsers' tests share. */
final class Samples {

    static final SourceRules RULES = new SourceRules(
            "host-1",
            "portal",
            ZoneId.of("Asia/Tokyo"),
            AccountRules.keepAll(),
            null,
            List.of("contact"),
            List.of(
                    new UrlRule(PathPattern.parse("/customers/\\d+"), List.of(), "crm.customers", null, 1L),
                    new UrlRule(
                            PathPattern.parse("/export/.*"),
                            List.of("GET"),
                            "crm.customers",
                            dev.metsuke.events.access.Action.DOWNLOAD,
                            null)),
            Map.of("public.customers", "crm.customers", "crm.public.orders", "crm.orders"));

    private Samples() {}

    static AccessEvent event(LineParser parser, String line) {
        return switch (parser.parse(line)) {
            case ParseResult.Parsed(AccessEvent.Builder builder) ->
                builder.id("id").build();
            case ParseResult other -> throw new AssertionError(line + " is " + other);
        };
    }

    static String rejection(LineParser parser, String line) {
        return switch (parser.parse(line)) {
            case ParseResult.Rejected(String reason) -> reason;
            case ParseResult other -> throw new AssertionError(line + " is " + other);
        };
    }

    static String ignored(LineParser parser, String line) {
        return switch (parser.parse(line)) {
            case ParseResult.Ignored(String reason) -> reason;
            case ParseResult other -> throw new AssertionError(line + " is " + other);
        };
    }
}

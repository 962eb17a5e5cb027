package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.operations.account.AccountRules;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
                    new UrlRule(TextPattern.parse("/customers/\\d+"), List.of(), "crm.customers", null, 1L, null),
                    new UrlRule(
                            TextPattern.parse("/export/.*"),
                            List.of("GET"),
                            "crm.customers",
                            dev.metsuke.events.access.Action.DOWNLOAD,
                            null,
                            null),
                    new UrlRule(TextPattern.parse("/api/customers"), List.of(), "crm.customers", null, null, "limit")),
            Map.of("public.customers", "crm.customers", "crm.public.orders", "crm.orders"));

    /** Of a source whose settings name no tables, but what its accesses touch. */
    static final SourceRules WITHOUT_TABLES = new SourceRules(
            "host-1", "portal", ZoneId.of("Asia/Tokyo"), AccountRules.keepAll(), "crm", List.of(), List.of(), Map.of());

    private Samples() {}

    /** A format, as settings in YAML give it. */
    static Format format(String yaml) {
        String settings = "shipper:\n  sources:\n    - name: a\n      paths: [a]\n      format:\n" + yaml.indent(8);
        return SettingsFile.of(settings, "test.yml", Path.of("/"))
                .section("shipper", ShipperSettings.class)
                .sources()
                .getFirst()
                .format();
    }

    static LineParser parser(String yaml) {
        return format(yaml).parser(RULES);
    }

    /** The surroundings of a record. */
    static RecordContext context(@Nullable String firstRecord, Instant lastWritten) {
        return new RecordContext() {
            @Override
            public @Nullable String firstRecord() {
                return firstRecord;
            }

            @Override
            public Instant lastWritten() {
                return lastWritten;
            }
        };
    }

    /** The surroundings of a record that begins there in its file. */
    static RecordContext at(long offset) {
        return new RecordContext() {
            @Override
            public @Nullable String firstRecord() {
                return null;
            }

            @Override
            public Instant lastWritten() {
                return Instant.EPOCH;
            }

            @Override
            public long offset() {
                return offset;
            }
        };
    }

    /** What a framing finds in a file. */
    static List<String> records(Framing framing, String text, boolean atRest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Frame frame = new Frame();
        List<String> records = new ArrayList<>();
        int position = 0;
        while (framing.find(bytes, position, bytes.length, atRest, frame)) {
            records.add(new String(bytes, frame.start(), frame.end() - frame.start(), StandardCharsets.UTF_8));
            position = frame.next();
        }
        return records;
    }

    static AccessEvent event(LineParser parser, String line) {
        return event(parser, line, RecordContext.NONE);
    }

    static AccessEvent event(LineParser parser, String line, RecordContext context) {
        return switch (parser.parse(line, context)) {
            case ParseResult.Parsed(AccessEvent.Builder builder) ->
                builder.id("id").build();
            case ParseResult other -> throw new AssertionError(line + " is " + other);
        };
    }

    static String rejection(LineParser parser, String line) {
        return rejection(parser, line, RecordContext.NONE);
    }

    static String rejection(LineParser parser, String line, RecordContext context) {
        return switch (parser.parse(line, context)) {
            case ParseResult.Rejected(String reason) -> reason;
            case ParseResult other -> throw new AssertionError(line + " is " + other);
        };
    }

    static String ignored(LineParser parser, String line) {
        return ignored(parser, line, RecordContext.NONE);
    }

    static String ignored(LineParser parser, String line, RecordContext context) {
        return switch (parser.parse(line, context)) {
            case ParseResult.Ignored(String reason) -> reason;
            case ParseResult other -> throw new AssertionError(line + " is " + other);
        };
    }
}

package dev.metsuke.events.access;

import java.time.Instant;
import java.util.List;

/** Events for tests. */
public final class SampleEvents {

    private SampleEvents() {}

    /** An event with every field filled in. */
    public static AccessEvent complete() {
        return AccessEvent.builder()
                .timestamp(Instant.parse("2026-11-23T15:04:40.666Z"))
                .id("00112233445566778899aabbccddeeff")
                .action(Action.EXPORT)
                .outcome(Outcome.SUCCESS)
                .eventCategories(List.of("database"))
                .created(Instant.parse("2026-11-23T15:04:41Z"))
                .original("2026-11-24 00:04:40 \"\u65e5\u672c\u8a9e\"\t<b>")
                .userId("tanaka")
                .userName("EXAMPLE\\Tanaka")
                .userEmail("tanaka@example.jp")
                .sourceAddress("203.0.113.9")
                .sourceIp("203.0.113.9")
                .hostName("db1")
                .serviceName("crm-db")
                .userAgent("psql \"15\"")
                .urlOriginal("/customers?q=1")
                .urlPath("/customers")
                .urlQuery("q=1")
                .httpMethod("GET")
                .httpStatus(200L)
                .httpBytes(30L)
                .logFilePath("/var/log/postgresql/postgresql.csv")
                .logOffset(4096L)
                .dataset("crm.customers")
                .records(500L)
                .subjects(List.of("p1", "p2"))
                .dataCategories(List.of("contact"))
                .destination("file")
                .tags(List.of("clock-ahead"))
                .integrity(new Integrity("db1/crm", 7, "ab".repeat(32)))
                .build();
    }
}

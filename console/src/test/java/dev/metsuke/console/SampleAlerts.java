package dev.metsuke.console;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.ReadOnDay;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts and events as detection and shipper write them. */
public final class SampleAlerts {

    public static final Instant START = Instant.parse("2026-04-01T03:00:00Z");

    private SampleAlerts() {}

    public static Alert bulkRead(String account, Severity severity, long records) {
        return alert(
                Rule.BULK_READ,
                account,
                severity,
                START,
                records,
                List.of(),
                null,
                null,
                account + " read " + records + " people of crm.customers within 10 minutes; 300 are allowed");
    }

    public static Alert alert(
            Rule rule,
            String account,
            Severity severity,
            Instant start,
            long records,
            List<AccessEvent> evidence,
            @Nullable String person,
            @Nullable String department,
            String headline) {
        return alert(
                rule,
                account,
                "crm.customers",
                severity,
                start,
                records,
                evidence,
                List.of(),
                person,
                department,
                headline);
    }

    /** A slow drip. */
    public static Alert drip(String account, List<ReadOnDay> days) {
        long records = days.stream().mapToLong(ReadOnDay::records).sum();
        return alert(
                Rule.BULK_READ,
                account,
                "all datasets over 30 d",
                Severity.MEDIUM,
                START,
                records,
                List.of(),
                days,
                null,
                null,
                account + " read " + records + " people's records of all datasets in 30 d");
    }

    private static Alert alert(
            Rule rule,
            String account,
            String scope,
            Severity severity,
            Instant start,
            long records,
            List<AccessEvent> evidence,
            List<ReadOnDay> days,
            @Nullable String person,
            @Nullable String department,
            String headline) {
        AccountId id = new AccountId(account);
        return new Alert(
                Alert.idOf(rule, id, scope, start),
                rule,
                id,
                scope,
                AlertState.OPEN,
                severity,
                start,
                start.plusSeconds(600),
                headline,
                records + " people within 10 minutes",
                "at most 300 people within 10 minutes (ceiling of crm.customers)",
                Math.max(1, evidence.size()),
                records,
                0,
                evidence.stream().map(Evidence::of).toList(),
                days,
                Map.of("bulk-read.ceiling", "300", "bulk-read.window", "10 min", "of-a-later-version", "17"),
                "2026-04-01/3",
                person,
                department,
                null);
    }

    public static List<AccessEvent> events(String account, String prefix, int count, Instant start) {
        List<AccessEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(AccessEvent.builder()
                    .timestamp(start.plusSeconds(i))
                    .id(prefix + "-" + String.format("%05d", i))
                    .action(Action.READ)
                    .userId(account)
                    .dataset("crm.customers")
                    .records(500L)
                    .sourceIp("203.0.113.9")
                    .sourceAddress("203.0.113.9")
                    .hostName("crm-1")
                    .logFilePath("/var/log/crm/access.json")
                    .logOffset(i * 180L)
                    .original("{\"time\":\"" + start.plusSeconds(i) + "\",\"user\":\"" + account
                            + "\",\"op\":\"list\",\"table\":\"customers\",\"rows\":500,\"note\":\"顧客一覧\"}")
                    .build());
        }
        return events;
    }
}

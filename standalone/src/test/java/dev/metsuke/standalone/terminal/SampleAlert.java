package dev.metsuke.standalone.terminal;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An alert about one account and nothing else of interest. */
final class SampleAlert {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private SampleAlert() {}

    static Alert of(String account, long events) {
        return of(account, "crm", events);
    }

    static Alert of(String account, String scope, long events) {
        AccountId id = new AccountId(account);
        return new Alert(
                Alert.idOf(Rule.BULK_READ, id, scope, NOON),
                Rule.BULK_READ,
                id,
                scope,
                AlertState.OPEN,
                Severity.HIGH,
                NOON,
                NOON.plusSeconds(60),
                account + " read much",
                "900 people",
                "at most 300 people",
                events,
                900,
                0,
                List.of(),
                List.of(),
                Map.of(),
                "1",
                null,
                null,
                null);
    }
}

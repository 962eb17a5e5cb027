package dev.metsuke.console.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.person.KnownNames.Stranger;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.policy.PublishedPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyCalendarsTest {

    private static final Instant MORNING = Instant.parse("2026-08-01T00:00:00Z");

    private final PolicyCalendars calendars = new PolicyCalendars();

    @Test
    void tellsTheCalendarsThatTheLatestPolicyDoesNotHave() {
        published("v2", 1, """
            policy:
              off-hours:
                calendars:
                  night-shift: {days: [mon], from: "22:00", until: "06:00"}
                  夜勤: {days: [mon], from: "22:00", until: "06:00"}
            """);
        published("v1", 0, "policy: {off-hours: {calendars: {old: {}}}}");

        assertThat(calendars.unknownAmong(entries("office", null, "夜勤", "Night-Shift", "old", "old")))
                .containsExactly(new Stranger("Night-Shift", "night-shift"), new Stranger("old", null));
    }

    @Test
    void tellsOfNoneWhereNobodyPublishedAPolicyAndOfAllButOneWhereItNamesNone() {
        calendars.remember(new ConsumerRecord<>("metsuke.policy", 0, 0, "v0", "{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(calendars.unknownAmong(entries("shift"))).isEmpty();

        published("v1", 0, "policy: {version: v1, off-hours: }");

        assertThat(calendars.unknownAmong(entries("shift", "office"))).containsExactly(new Stranger("shift", null));
        calendars.remember(new ConsumerRecord<>("metsuke.policy", 0, 1, "v1", null));
        assertThat(calendars.unknownAmong(entries("shift"))).isEmpty();
    }

    private void published(String version, int minutes, String yaml) {
        byte[] json = new PublishedPolicy(
                        "event-" + version, version, yaml, MORNING.plusSeconds(60L * minutes), "mori", null)
                .toJson();
        calendars.remember(new ConsumerRecord<>("metsuke.policy", 0, 0, version, json));
    }

    private static List<DirectoryEntry> entries(@Nullable String... calendars) {
        return Stream.of(calendars)
                .map(calendar ->
                        new DirectoryEntry(new AccountId("sato"), null, null, null, null, null, calendar, null))
                .toList();
    }
}

package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.detect.calendar.Shift;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.OffHoursPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import dev.metsuke.detect.policy.RevokedPolicy;
import dev.metsuke.detect.policy.UnusualPolicy;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.language.Language;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void detectHasTheseDefaults() {
        DetectSettings settings = SettingsFile.of("", "test", Path.of("/base")).section("detect", DetectSettings.class);

        assertThat(settings)
                .isEqualTo(new DetectSettings(
                        "metsuke-detect",
                        Path.of("/base/metsuke-data/detect"),
                        1,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        null,
                        128 * 1024 * 1024,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        null,
                        Map.of()));
    }

    @Test
    void detectRefusesALinkThatNoBrowserOpens() {
        SettingsFile file = SettingsFile.of("detect: {console-url: metsuke}", "test", Path.of("/base"));

        assertThatThrownBy(() -> file.section("detect", DetectSettings.class))
                .hasMessageContaining("console-url must be an http or https address, not metsuke");
    }

    @Test
    void detectRefusesWhatKafkaStreamsWillNotTake() {
        SettingsFile file = SettingsFile.of(
                "detect: {streams: {num.stream.threads: many, main.consumer.max.poll.records: 0, somebody.else: x}}",
                "test",
                Path.of("/base"));

        assertThatThrownBy(() -> file.section("detect", DetectSettings.class))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.problems())
                                .satisfiesExactly(
                                        first -> assertThat(first)
                                                .startsWith("test:1: ")
                                                .contains(
                                                        "streams must set main.consumer.max.poll.records",
                                                        "(int, [1,...])"),
                                        second -> assertThat(second)
                                                .startsWith("test:1: ")
                                                .contains("streams must set num.stream.threads to what Kafka takes"
                                                        + " (int")));
    }

    @Test
    void policyHasTheseDefaults() {
        Policy policy = DetectDriver.policy("");

        assertThat(policy)
                .isEqualTo(new Policy(
                        null,
                        ZoneId.of("Asia/Tokyo"),
                        Language.ENGLISH,
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        Duration.ofDays(35),
                        Map.of(),
                        new BulkReadPolicy(
                                Duration.ofMinutes(10),
                                1000,
                                3,
                                10,
                                100,
                                new UnusualPolicy(80, 5, 8),
                                0,
                                Map.of(),
                                Map.of(),
                                Map.of()),
                        new RevokedPolicy(Duration.ZERO, Map.of(), false),
                        new OffHoursPolicy("office", Map.of(), Map.of(), true, true, List.of()),
                        List.of()));
        assertThat(policy.offHours().calendars()).containsOnlyKeys("office");
        assertThat(hours(policy, "office"))
                .containsOnlyKeys(
                        DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    }

    @Test
    void policyReadsEverySetting() {
        Policy policy = DetectDriver.policy("""
            policy:
              version: "2026-11"
              zone: Europe/Berlin
              language: ja
              quiet: 30m
              horizon: 40d
              bulk-read:
                window: 5m
                ceiling: 10
                datasets: {crm.customers: {ceiling: 20, size: 30}}
                accounts: {batch: 1000000}
                departments: {Support: 15}
                hour-times: 4
                day-times: 11
                month-times: 101
                unsized-exports: 2
                unusual: {at-least: 50, times: 5, spread: 7}
              revoked:
                hand-over: 14d
                scope-for-everyone: true
                scope: {crm.customers: [Sales, Support]}
              off-hours:
                default-calendar: day
                calendars:
                  day:
                    zone: Asia/Tokyo
                    hours: {monday: ["09:00-12:00", "13:00-18:00"]}
                    holidays: germany
                    days-off: [2026-08-13..2026-08-15, 12-29..01-03]
                    working-days: ["2026-11-28"]
                departments: {Operations: day}
                forbid-copy-to-media: false
                forbid-outside-email: true
                own-domains: [Example.JP]
              exceptions:
                - {rule: bulk-read, account: batch, until: 2026-12-01T00:00:00Z, why: migration, by: mori}
            """);

        assertThat(policy.versionName()).isEqualTo("2026-11");
        assertThat(policy.language()).isEqualTo(Language.JAPANESE);
        assertThat(policy.bulkRead().ceilings("sato", null).of("crm.customers")).isEqualTo(20);
        assertThat(policy.bulkRead().ceilings("sato", "Support").of("crm.customers"))
                .isEqualTo(15);
        assertThat(policy.bulkRead().ceilings("sato", "Support").ofAll()).isEqualTo(15);
        assertThat(policy.bulkRead().ceilings("batch", "Support").of("crm.customers"))
                .isEqualTo(1_000_000);
        assertThat(policy.bulkRead().unusual()).isEqualTo(new UnusualPolicy(50, 5, 7));
        assertThat(policy.bulkRead().size("crm.customers")).isEqualTo(30);
        assertThat(policy.revoked().isInScope("Support", "crm.customers")).isTrue();
        assertThat(policy.revoked().scopeForEveryone()).isTrue();
        assertThat(policy.offHours().forbidCopyToMedia()).isFalse();
        assertThat(policy.offHours().ownDomains()).containsExactly("example.jp");
        assertThat(policy.exceptions()).singleElement().satisfies(exception -> {
            assertThat(exception.rule()).isEqualTo(Rule.BULK_READ);
            assertThat(exception.until()).isEqualTo("2026-12-01T00:00:00Z");
        });
        assertThat(hours(policy, "day").get(DayOfWeek.MONDAY)).hasSize(2);
        assertThat(policy.offHours().calendarFor("unheard-of", "Operations")).isEqualTo("day");
    }

    @Test
    void versionIsADigestOfTheContentWhereNoneIsGiven() {
        String byDefault = DetectDriver.policy("").versionName();

        assertThat(byDefault).matches("sha256:[0-9a-f]{12}");
        assertThat(DetectDriver.policy("policy: {}").versionName()).isEqualTo(byDefault);
        assertThat(DetectDriver.policy("policy: {quiet: 2h}").versionName()).isNotEqualTo(byDefault);
        assertThat(DetectDriver.policy("policy: {language: ja}").versionName()).isNotEqualTo(byDefault);
    }

    @Test
    void refusesALanguageThatNoAlertIsToldIn() {
        assertThatThrownBy(() -> DetectDriver.policy("policy: {language: japanese}"))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .startsWith("test:1: policy.language")
                                .contains("japanese", "it can be en, ja"));
    }

    @Test
    void namesEveryProblemWithItsPath() {
        assertThatThrownBy(() -> DetectDriver.policy("""
            policy:
              quiet: soon
              zone: JST
              off-hours:
                calendars:
                  day: {hours: {monday: [morning]}, holidays: atlantis}
            """))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        invalid -> assertThat(invalid.problems())
                                .anySatisfy(problem -> assertThat(problem).contains("policy.quiet"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains("policy.zone: is JST; an abbreviation; write Asia/Tokyo"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains("policy.off-hours.calendars.day.hours.monday[0]")));
    }

    /** As {@code metsuke policy check} tells them. */
    @Test
    void namesEveryProblemAtOnceEachWithItsLine() {
        assertThatThrownBy(() -> PolicyFeed.parse("""
            polcy: {}
            policy:
              version: ""
              quiet: 2h
              horizon: 1h
              zone: Nowhere
              bulk-read:
                ceiling: -1
                window: 90s
                unusual:
                  times: 0
                  spread: 0
                datasets:
                  crm: {size: -5}
              revoked:
                hand-over: soon
              off-hours:
                default-calendar: none-such
                calendars:
                  day:
                    zone: UTC
                    holidays: atlantis
                departments: {Plant: day, Shop: nowhere}
              exceptions:
                - {rule: bulk-read, until: 2026-12-01T00:00:00Z, by: ""}
            """, "policy.yml"))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        invalid -> assertThat(invalid.problems().stream()
                                        .map(problem -> problem.replaceFirst(";.*", ""))
                                        .toList())
                                .containsExactlyInAnyOrder(
                                        "policy.yml:1: unknown section polcy",
                                        "policy.yml:3: policy: version must not be blank",
                                        "policy.yml:5: policy: horizon must be longer than quiet, such as 35d",
                                        "policy.yml:6: policy.zone: is Nowhere",
                                        "policy.yml:8: policy.bulk-read: ceiling must be from 0 to 1000000000000",
                                        "policy.yml:9: policy.bulk-read: window must be whole minutes, 1m or more,"
                                                + " such as 10m",
                                        "policy.yml:11: policy.bulk-read.unusual: times must be 1 or more",
                                        "policy.yml:12: policy.bulk-read.unusual: spread must be 1 or more",
                                        "policy.yml:14: policy.bulk-read.datasets.crm: size must be from 0 to"
                                                + " 1000000000000",
                                        "policy.yml:16: policy.revoked.hand-over: is soon",
                                        "policy.yml:18: policy.off-hours: default-calendar is none-such",
                                        "policy.yml:22: policy.off-hours.calendars.day: holidays of atlantis are"
                                                + " not known",
                                        "policy.yml:23: policy.off-hours: departments name what is no calendar:"
                                                + " [nowhere]",
                                        "policy.yml:25: policy.exceptions[0].why: missing",
                                        "policy.yml:25: policy.exceptions[0]: an exception needs an account, a"
                                                + " dataset, or both",
                                        "policy.yml:25: policy.exceptions[0]: by must name who decided so"));
    }

    @Test
    void refusesALatenessInWhichNothingArrives() {
        assertThatThrownBy(() -> PolicyFeed.parse("policy: {lateness: 0s}", "policy.yml"))
                .hasMessageContaining("policy.yml:1: policy: lateness must be 1m or more");
    }

    @Test
    void refusesWhatCanNeverMatchOrNoTimeCanHold() {
        assertThatThrownBy(() -> PolicyFeed.parse("""
            policy:
              horizon: 400000000000d
              lateness: 3661d
              bulk-read: {accounts: {" ": 5}, datasets: {"": {size: 5}}}
              revoked: {hand-over: 400000000000d}
              off-hours:
                calendars:
                  office:
                  day: 5
                  night: {hours: {monday: ["24:00-06:00"]}}
              exceptions:
                - {rule: bulk-read, account: "", dataset: " ", until: 2026-12-01T00:00:00Z, why: x, by: y}
            """, "policy.yml"))
                .hasMessageContaining("policy.yml:2: policy: horizon must be at most 3660d")
                .hasMessageContaining("policy.yml:3: policy: lateness must be at most 3660d")
                .hasMessageContaining("policy.yml:5: policy.revoked: hand-over must be at most 3660d")
                .hasMessageContaining("policy.yml:9: policy.off-hours.calendars.day: is 5; it must be a mapping")
                .hasMessageContaining("work that starts at 24:00 starts at 00:00 of the next day")
                .hasMessageContaining("policy.yml:4: policy.bulk-read: accounts: a ceiling needs an account's name")
                .hasMessageContaining("policy.yml:4: policy.bulk-read: datasets: a dataset needs a name")
                .hasMessageContaining("account must not be blank")
                .hasMessageContaining("dataset must not be blank")
                .message()
                .doesNotContain("office");
        for (String domain : List.of("*.example.jp", "example.jp, example.com", "https://example.jp/", "")) {
            assertThatThrownBy(() ->
                            PolicyFeed.parse("policy: {off-hours: {own-domains: ['" + domain + "']}}", "policy.yml"))
                    .hasMessageContaining("own-domains must each be one domain");
        }
    }

    @Test
    void weekdayWithoutHoursIsFree() {
        Policy policy = PolicyFeed.parse("""
            policy:
              off-hours:
                calendars:
                  office:
                    hours:
                      monday: ["09:00-18:00"]
                      tuesday:
            """, "policy.yml");

        assertThat(hours(policy, "office"))
                .isEqualTo(Map.of(DayOfWeek.MONDAY, List.of(Shift.parse("09:00-18:00")), DayOfWeek.TUESDAY, List.of()));
    }

    @Test
    void guaranteeCannotBeLowered() {
        assertThatThrownBy(() -> SettingsFile.of(
                                "detect: {streams: {processing.guarantee: at_least_once}}", "test", Path.of("/"))
                        .section("detect", DetectSettings.class))
                .hasMessageContaining("always exactly_once_v2");
    }

    @Test
    void topicsMustExistAndBeCutAlike() {
        Map<String, Integer> partitions = Map.of(
                "metsuke.access-events", 4,
                "metsuke.account-status", 3,
                "metsuke.directory", 4,
                "metsuke.export-approvals", 4,
                "metsuke.policy", 1,
                "metsuke.baselines", 1,
                "metsuke.alerts", 1,
                "metsuke.rejected", 1);

        assertThat(TopicCheck.problem(partitions, "any").orElseThrow())
                .contains("{metsuke.access-events=4, metsuke.account-status=3, metsuke.directory=4,"
                        + " metsuke.export-approvals=4}");
        assertThat(TopicCheck.problem(Map.of("metsuke.access-events", 4), "any").orElseThrow())
                .isEqualTo("Kafka has no topic metsuke.account-status, metsuke.directory,"
                        + " metsuke.export-approvals, metsuke.policy, metsuke.baselines,"
                        + " metsuke.alerts, metsuke.rejected; run metsuke setup");
    }

    private static Map<DayOfWeek, List<Shift>> hours(Policy policy, String calendar) {
        return Objects.requireNonNull(policy.offHours().calendars().get(calendar))
                .hours();
    }
}

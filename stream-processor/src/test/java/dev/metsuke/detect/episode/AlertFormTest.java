package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import dev.metsuke.detect.wording.BothLanguages;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the alerts of all rules say, in English and in Japanese, and of whom. */
class AlertFormTest {

    private static final AccountId YAMADA = new AccountId("yamada");
    private static final Instant START = Instant.parse("2026-11-23T15:04:00Z");

    @Test
    void beginsWithWhoItIs() {
        assertThat(BothLanguages.of(
                        "", policy -> List.of(alert(policy, "山田花子", "営業部").headline())))
                .isEqualTo(new BothLanguages(List.of("yamada (山田花子, 営業部) read"), List.of("yamada（山田花子、営業部）がread")));
        assertThat(BothLanguages.of(
                        "", policy -> List.of(alert(policy, null, null).headline())))
                .isEqualTo(new BothLanguages(List.of("yamada read"), List.of("yamadaがread")));
    }

    @Test
    void settingsAndStateAreOfNoLanguage() {
        BothLanguages said = BothLanguages.of("version: 1", policy -> {
            Alert alert = alert(policy, null, null);
            return List.of(alert.settings().toString(), alert.state().label(), alert.policyVersion());
        });

        assertThat(said.japanese()).isEqualTo(said.english());
        assertThat(said.english().getFirst()).isEqualTo("{quiet=1 h, zone=Asia/Tokyo}");
    }

    @Test
    void saysHowManyWereLate() {
        assertThat(BothLanguages.of(
                        "lateness: 2h",
                        policy -> List.of(
                                form(policy)
                                        .fill(YAMADA, "scope", episode(2_035, 0), null, false)
                                        .observed(),
                                form(policy)
                                        .fill(YAMADA, "scope", episode(2_035, 1_500), null, false)
                                        .observed(),
                                form(policy)
                                        .fill(YAMADA, "scope", episode(3, 3), null, false)
                                        .observed())))
                .isEqualTo(new BothLanguages(
                        List.of(
                                "observed",
                                "observed; 1,500 of them arrived more than 2 h late",
                                "observed; arrived more than 2 h late"),
                        List.of("observed", "observed。うち1,500件は2時間を超えて遅れて到着", "observed。2時間を超えて遅れて到着")));
    }

    @Test
    void saysWhereTheRestIsTold() {
        Episode around = new Episode(
                START.minusSeconds(60),
                START.plusSeconds(60),
                1,
                0,
                0,
                0,
                0,
                Set.of(Action.READ),
                Peak.NONE,
                Grounds.NONE,
                List.of());
        Episode within = episode(1, 0);

        assertThat(BothLanguages.of(
                        "",
                        policy -> List.of(
                                form(policy).whyWithdrawn(alert(policy, null, null), List.of(around)),
                                form(policy)
                                        .whyWithdrawn(
                                                alert(policy, null, null),
                                                List.of(new Episode(
                                                        within.start().plusSeconds(120),
                                                        within.end(),
                                                        1,
                                                        0,
                                                        0,
                                                        0,
                                                        0,
                                                        Set.of(),
                                                        Peak.NONE,
                                                        Grounds.NONE,
                                                        List.of()))),
                                form(policy).whyWithdrawn(alert(policy, null, null), List.of()))))
                .isEqualTo(new BothLanguages(
                        List.of(
                                "taken in by the episode that starts at 2026-11-24 00:03 +09:00",
                                "because; the rest is told by the episode that starts at 2026-11-24 00:06 +09:00",
                                "because"),
                        List.of(
                                "2026-11-24 00:03 +09:00に始まるエピソードに統合されたため",
                                "because。残りは2026-11-24 00:06 +09:00に始まるエピソードのアラートに記載",
                                "because")));
    }

    @ParameterizedTest
    @CsvSource({
        "en, 山田花子, 営業部, 佐藤健, 人事部, 'yamada (佐藤健, 人事部) read'",
        "en, , , 佐藤健, 人事部, 'yamada (佐藤健, 人事部) read'",
        "en, 山田花子, 営業部, , , 'yamada read'",
        "ja, 山田花子, 営業部, 佐藤健, 人事部, yamada（佐藤健、人事部）がread",
        "ja, , , 佐藤健, 人事部, yamada（佐藤健、人事部）がread",
        "ja, 山田花子, 営業部, , , yamadaがread"
    })
    void isToldOfAnotherPersonInTheLanguageInWhichItWasTold(
            String language,
            @Nullable String name,
            @Nullable String department,
            @Nullable String nameNow,
            @Nullable String departmentNow,
            String headline) {
        Policy policy = PolicyFeed.parse("policy: {language: " + language + "}", "test");

        Alert retold = Retelling.retell(alert(policy, name, department), entry(nameNow, departmentNow), false);

        assertThat(retold.headline()).isEqualTo(headline);
        assertThat(retold.personName()).isEqualTo(nameNow);
    }

    private static Alert alert(Policy policy, @Nullable String name, @Nullable String department) {
        return form(policy).fill(YAMADA, "scope", episode(1, 0), entry(name, department), false);
    }

    private static DirectoryEntry entry(@Nullable String name, @Nullable String department) {
        return new DirectoryEntry(YAMADA, "1007", name, null, department, null, null, null);
    }

    private static AlertForm form(Policy policy) {
        return new AlertForm(
                Rule.BULK_READ, policy, new Writer(policy.language().label().equals("en") ? " read" : "read"));
    }

    private static Episode episode(long events, long late) {
        return new Episode(
                START,
                START.plus(Duration.ofMinutes(9)),
                events,
                0,
                0,
                0,
                late,
                Set.of(Action.READ),
                Peak.NONE,
                Grounds.NONE,
                List.of());
    }

    /** Says next to nothing of its own. */
    private record Writer(String headline) implements AlertWriter {

        @Override
        public Words words(AccountId account, String scope, Episode episode) {
            return Words.alerting(headline, "observed", "expected", Severity.HIGH, Map.of());
        }

        @Override
        public String whyWithdrawn(Alert alert) {
            return "because";
        }

        @Override
        public ZoneId zone(AccountId account, Instant start) {
            return ZoneId.of("Asia/Tokyo");
        }

        @Override
        public Duration quiet(String scope) {
            return Duration.ofHours(1);
        }
    }
}

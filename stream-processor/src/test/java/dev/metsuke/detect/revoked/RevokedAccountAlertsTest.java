package dev.metsuke.detect.revoked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.directory.Former;
import dev.metsuke.detect.directory.Holder;
import dev.metsuke.detect.directory.Holding;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Grounds;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.wording.BothLanguages;
import dev.metsuke.detect.wording.RandomEpisodes;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What alerts on revoked accounts say, in English and in Japanese. */
class RevokedAccountAlertsTest {

    private static final AccountId SATO = new AccountId("sato");
    private static final Instant START = RandomEpisodes.START;
    private static final Instant BEFORE = Instant.parse("2026-11-19T15:00:00Z");
    private static final Instant REPORTED = Instant.parse("2026-11-19T01:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-11-30T15:00:00Z");

    private static final String SCOPES = "revoked: {hand-over: 14d, scope: {crm.customers: [Support, Sales]}}";
    private static final String OUTSIDE = "outside Support";

    @ParameterizedTest
    @CsvSource({"RETIRED, retired, 退職", "SUSPENDED, suspended, 休職・停止", "CONTRACT_ENDED, out of contract, 契約終了"})
    void tellsOfAStoppedAccount(Status status, String english, String japanese) {
        StandingTimeline timeline = timeline(Workplace.UNKNOWN, report(status, BEFORE, "mori"));

        assertThat(say("", timeline, Revocations.ACCOUNT, episode(35, 2, 10, 0)))
                .isEqualTo(new BothLanguages(
                        List.of(
                                ": 35 accesses (2 of them failed) from 2026-11-24 00:04 +09:00, though " + english
                                        + " since 2026-11-20 00:00 +09:00",
                                "35 accesses (2 of them failed) from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00,"
                                        + " touching 10 people's records",
                                "no access from 2026-11-20 00:00 +09:00 on: " + english
                                        + ", reported on 2026-11-19 10:00 +09:00 by mori"),
                        List.of(
                                japanese + "（2026-11-20 00:00 +09:00以降）にもかかわらず、35件のアクセス（うち2件は失敗）、"
                                        + "最初は2026-11-24 00:04 +09:00",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス（うち2件は失敗）、対象は10人分の記録",
                                "2026-11-20 00:00 +09:00以降はアクセスなし：" + japanese + "（2026-11-19 10:00 +09:00にmoriが報告）")));
    }

    @Test
    void saysWhoTellsOfIt() {
        BothLanguages byNobody = say(
                "",
                timeline(Workplace.UNKNOWN, report(Status.RETIRED, BEFORE, null)),
                Revocations.ACCOUNT,
                episode(1, 0, 0, 0));
        BothLanguages byDirectory = say(
                "",
                StandingTimeline.of(
                        List.of(), List.of(Holding.ofOne(new Holder(null, null, BEFORE))), time -> Workplace.UNKNOWN),
                Revocations.ACCOUNT,
                episode(1, 0, 0, 0));

        assertThat(byNobody.english().getLast()).endsWith(": retired, reported on 2026-11-19 10:00 +09:00");
        assertThat(byNobody.japanese().getLast()).endsWith("：退職（2026-11-19 10:00 +09:00に報告）");
        assertThat(byDirectory.english().getLast()).endsWith(": out of contract, as the directory says");
        assertThat(byDirectory.japanese().getLast()).endsWith("：契約終了（台帳による）");
    }

    @Test
    void saysWhatFailedAndWhatItTouched() {
        StandingTimeline timeline = timeline(Workplace.UNKNOWN, report(Status.RETIRED, BEFORE, "mori"));

        BothLanguages one = say("", timeline, Revocations.ACCOUNT, episode(1, 1, 0, 0));
        BothLanguages all = say("", timeline, Revocations.ACCOUNT, episode(3, 3, 0, 0));
        BothLanguages changes = say("", timeline, Revocations.ACCOUNT, episode(3, 0, 2, 0, Action.READ, Action.UPDATE));
        BothLanguages unknown = say("", timeline, Revocations.ACCOUNT, episode(3, 0, 0, 1));

        assertThat(one.english().get(1)).startsWith("1 access (failed) from").endsWith("+09:00");
        assertThat(one.japanese().get(1)).endsWith("までに1件のアクセス（失敗）");
        assertThat(all.english().get(1)).startsWith("3 accesses (all failed) from");
        assertThat(all.japanese().get(1)).endsWith("までに3件のアクセス（すべて失敗）");
        assertThat(changes.english().get(1)).endsWith(", touching at least 2 people's records");
        assertThat(changes.japanese().get(1)).endsWith("3件のアクセス、対象は少なくとも2人分の記録");
        assertThat(unknown.english().get(1)).endsWith(", touching an unknown number of people's records");
        assertThat(unknown.japanese().get(1)).endsWith("3件のアクセス、対象は人数不明の記録");
    }

    @Test
    void tellsOfATransferThatWasReported() {
        StandingTimeline timeline = timeline(Workplace.UNKNOWN, report(Status.TRANSFERRED, BEFORE, "mori"));

        assertThat(say("revoked: {scope: {crm.customers: [Sales]}}", timeline, OUTSIDE, episode(2, 0, 5, 0)))
                .isEqualTo(new BothLanguages(
                        List.of(
                                ": 2 accesses to datasets outside Support from 2026-11-24 00:04 +09:00, though moved to"
                                        + " Support on 2026-11-20 00:00 +09:00",
                                "2 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, touching 5 people's"
                                        + " records",
                                "only datasets of Support (the policy's scope names none) from 2026-11-20 00:00 +09:00"
                                        + " on: moved there on 2026-11-20 00:00 +09:00, reported on"
                                        + " 2026-11-19 10:00 +09:00 by mori"),
                        List.of(
                                "「Support」への異動（2026-11-20 00:00 +09:00以降）にもかかわらず、「Support」の担当外のデータセットへ"
                                        + "2件のアクセス、最初は2026-11-24 00:04 +09:00",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに2件のアクセス、対象は5人分の記録",
                                "2026-11-20 00:00 +09:00以降は「Support」のデータセットのみ"
                                        + "（ポリシーではこの部署にデータセットが割り当てられていない）："
                                        + "2026-11-20 00:00 +09:00に異動（2026-11-19 10:00 +09:00にmoriが報告）")));
        assertThat(say(SCOPES, timeline, OUTSIDE, episode(2, 0, 5, 0))
                        .japanese()
                        .getLast())
                .startsWith("2026-12-04 00:00 +09:00以降は「Support」のデータセットのみ：2026-11-20 00:00 +09:00に異動");
    }

    @Test
    void tellsOfAMoveThatTheDirectoryAloneKnows() {
        Workplace moved = new Workplace("Support", List.of(new Former(BEFORE, "Sales", null)));

        assertThat(say(SCOPES, timeline(moved), OUTSIDE, episode(2, 0, 5, 0)))
                .isEqualTo(new BothLanguages(
                        List.of(
                                ": 2 accesses to datasets outside Support from 2026-11-24 00:04 +09:00, though working"
                                        + " in Support since 2026-11-20 00:00 +09:00",
                                "2 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, touching 5 people's"
                                        + " records",
                                "only datasets that the policy does not keep for departments other than Support, and"
                                        + " until 2026-12-04 00:00 +09:00 those of Sales: there since"
                                        + " 2026-11-20 00:00 +09:00, as the directory says"),
                        List.of(
                                "「Support」所属（2026-11-20 00:00 +09:00以降）にもかかわらず、「Support」の担当外のデータセットへ"
                                        + "2件のアクセス、最初は2026-11-24 00:04 +09:00",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに2件のアクセス、対象は5人分の記録",
                                "ポリシーが「Support」以外の部署に限定していないデータセットのみ、"
                                        + "2026-12-04 00:00 +09:00までは「Sales」のデータセットも可"
                                        + "（台帳によると所属は2026-11-20 00:00 +09:00から）")));
    }

    @Test
    void tellsOfADepartmentThatNeverWasAnother() {
        BothLanguages always = say(SCOPES, timeline(new Workplace("Support", List.of())), OUTSIDE, episode(1, 0, 5, 0));
        BothLanguages unknown = say(SCOPES, timeline(Workplace.UNKNOWN), OUTSIDE, episode(1, 0, 5, 0));

        assertThat(always.english().getFirst()).endsWith(", though working in Support");
        assertThat(always.japanese().getFirst()).startsWith("「Support」所属にもかかわらず、「Support」の担当外のデータセットへ1件のアクセス、最初は");
        assertThat(always.japanese().getLast()).isEqualTo("ポリシーが「Support」以外の部署に限定していないデータセットのみ");
        assertThat(unknown.english().getLast()).isEqualTo("no access");
        assertThat(unknown.japanese().getFirst()).startsWith("「Support」の担当外のデータセットへ1件のアクセス、最初は");
        assertThat(unknown.japanese().getLast()).isEqualTo("アクセスなし");
    }

    @Test
    void saysWhyItIsWithdrawn() {
        Workplace support = new Workplace("Support", List.of());
        Workplace moved = new Workplace("Support", List.of(new Former(BEFORE, "Sales", null)));
        StandingTimeline toSupport = timeline(Workplace.UNKNOWN, report(Status.TRANSFERRED, BEFORE, "mori"));

        assertThat(whyWithdrawn("", timeline(support), Revocations.ACCOUNT))
                .isEqualTo(both(
                        "by what HR reported and the directory says now, the account was not restricted then",
                        "現在の人事の報告と台帳によると、当時アカウントは制限されていなかったため"));
        assertThat(whyWithdrawn(SCOPES, timeline(moved), OUTSIDE))
                .isEqualTo(both(
                        "by what HR reported and the directory says now, the account was not restricted then or had"
                                + " 14 d for the hand-over",
                        "現在の人事の報告と台帳によると、当時アカウントは制限されていなかったか、引き継ぎ期間（14日）中だったため"));
        assertThat(whyWithdrawn("", timeline(support), OUTSIDE))
                .isEqualTo(both(
                        "by the policy as it is now, it was open to Support, or has an exception",
                        "現在のポリシーでは「Support」に許可されているか、例外があるため"));
        assertThat(whyWithdrawn("", toSupport, OUTSIDE))
                .isEqualTo(both(
                        "by the policy as it is now, it was open to Support, or has an exception",
                        "現在のポリシーでは「Support」に許可されているか、例外があるため"));
        assertThat(whyWithdrawn("", toSupport, Revocations.ACCOUNT))
                .isEqualTo(both(
                        "by what HR reported and the directory says now, the account was not stopped then, and the"
                                + " person worked in Support, since 2026-11-20 00:00 +09:00",
                        "現在の人事の報告と台帳によると、当時アカウントは停止されておらず、「Support」所属（2026-11-20 00:00 +09:00以降）だったため"));
        assertThat(whyWithdrawn(SCOPES, toSupport, OUTSIDE))
                .isEqualTo(both(
                        "by what HR reported now, the person worked in Support then, since 2026-11-20 00:00 +09:00,"
                                + " and had 14 d for the hand-over",
                        "現在の人事の報告によると、当時は「Support」所属（2026-11-20 00:00 +09:00以降）で、引き継ぎ期間（14日）中だったため"));
        assertThat(whyWithdrawn(
                        "", timeline(Workplace.UNKNOWN, report(Status.SUSPENDED, BEFORE, "mori")), Revocations.ACCOUNT))
                .isEqualTo(both(
                        "the account was suspended then, and another alert or an exception covers it",
                        "当時アカウントは休職・停止の状態だったが、別のアラートまたは例外の対象となるため"));
    }

    /** As where a retirement was reported for too early a day: that is what its reporter looks for. */
    @Test
    void saysWhenTheAccountOfWhoMovedIsStopped() {
        StandingTimeline timeline = timeline(
                Workplace.UNKNOWN,
                report(Status.TRANSFERRED, BEFORE, "mori"),
                report("later", Status.RETIRED, AFTER, "mori"));

        assertThat(whyWithdrawn(SCOPES, timeline, Revocations.ACCOUNT))
                .isEqualTo(both(
                        "by what HR reported and the directory says now, the account was not stopped then, and the"
                                + " person worked in Support, since 2026-11-20 00:00 +09:00; it is retired from"
                                + " 2026-12-01 00:00 +09:00 on",
                        "現在の人事の報告と台帳によると、当時アカウントは停止されておらず、「Support」所属（2026-11-20 00:00 +09:00以降）だったため"
                                + "。2026-12-01 00:00 +09:00以降は退職"));
    }

    @Test
    void saysWhatComesNextWhereItIsWithdrawn() {
        assertThat(whyWithdrawn(
                                "",
                                timeline(Workplace.UNKNOWN, report(Status.RETIRED, AFTER, "mori")),
                                Revocations.ACCOUNT)
                        .japanese()
                        .getFirst())
                .endsWith("制限されていなかったため。2026-12-01 00:00 +09:00以降は退職");
        assertThat(whyWithdrawn(
                                "",
                                timeline(Workplace.UNKNOWN, report(Status.RETIRED, AFTER, "mori")),
                                Revocations.ACCOUNT)
                        .english()
                        .getFirst())
                .endsWith(" not restricted then; it is retired from 2026-12-01 00:00 +09:00 on");
        assertThat(whyWithdrawn(
                        "",
                        timeline(Workplace.UNKNOWN, report(Status.TRANSFERRED, AFTER, "mori")),
                        Revocations.ACCOUNT))
                .isEqualTo(both(
                        "by what HR reported and the directory says now, the account was not restricted then; the"
                                + " person moves to Support on 2026-12-01 00:00 +09:00",
                        "現在の人事の報告と台帳によると、当時アカウントは制限されていなかったため。2026-12-01 00:00 +09:00に「Support」へ異動"));
        assertThat(whyWithdrawn(
                        "", timeline(Workplace.UNKNOWN, report(Status.REINSTATED, AFTER, "mori")), Revocations.ACCOUNT))
                .isEqualTo(both(
                        "by what HR reported and the directory says now, the account was not restricted then; it is not"
                                + " restricted now either",
                        "現在の人事の報告と台帳によると、当時アカウントは制限されていなかったため。現在も制限されていない"));
    }

    @Test
    void bothLanguagesNameTheSameNumbersAndTimes() {
        for (int seed = 0; seed < RandomEpisodes.SEEDS; seed++) {
            Random random = new Random(seed);
            Episode episode = RandomEpisodes.of(random, Peak.NONE);
            Instant since = episode.start().minus(Duration.ofHours(random.nextInt(1_000)));
            Workplace workplace = new Workplace(
                    random.nextInt(4) == 0 ? null : "Support",
                    random.nextBoolean()
                            ? List.of()
                            : List.of(new Former(since, random.nextBoolean() ? null : "Sales", null)));
            Status status = Status.values()[random.nextInt(Status.values().length)];
            StandingTimeline timeline = random.nextInt(3) == 0
                    ? timeline(workplace)
                    : timeline(workplace, report(status, since, random.nextBoolean() ? null : "mori"));
            String scope = timeline.at(episode.start()) instanceof Standing.Stopped ? Revocations.ACCOUNT : OUTSIDE;
            String settings = random.nextBoolean() ? "" : SCOPES;
            List<String> names = List.of("Support", "Sales", "mori");

            say(settings, timeline, scope, episode).sayTheSame("seed " + seed, names);
            whyWithdrawn(settings, timeline, scope).sayTheSame("seed " + seed, names);
        }
    }

    private static BothLanguages both(String english, String japanese) {
        return new BothLanguages(List.of(english), List.of(japanese));
    }

    private static BothLanguages say(String settings, StandingTimeline timeline, String scope, Episode episode) {
        return BothLanguages.of(settings, policy -> {
            Words words = new RevokedAccountAlerts(policy, account -> timeline).words(SATO, scope, episode);
            return List.of(words.headline(), words.observed(), words.expected());
        });
    }

    private static BothLanguages whyWithdrawn(String settings, StandingTimeline timeline, String scope) {
        return BothLanguages.of(
                settings,
                policy -> List.of(new RevokedAccountAlerts(policy, account -> timeline).whyWithdrawn(alert(scope))));
    }

    private static Alert alert(String scope) {
        return new Alert(
                "id",
                Rule.REVOKED_ACCOUNT,
                SATO,
                scope,
                AlertState.OPEN,
                Severity.HIGH,
                START,
                START,
                "headline",
                "observed",
                "expected",
                1,
                0,
                0,
                List.of(),
                List.of(),
                Map.of(),
                "policy",
                null,
                null,
                null);
    }

    private static StandingTimeline timeline(Workplace workplace, StatusReport... reports) {
        return StandingTimeline.of(List.of(reports), List.of(Holding.ofOne(Holder.UNKNOWN)), time -> workplace);
    }

    private static StatusReport report(Status status, Instant effectiveAt, @Nullable String by) {
        return report("report", status, effectiveAt, by);
    }

    private static StatusReport report(String id, Status status, Instant effectiveAt, @Nullable String by) {
        return new StatusReport(
                "message",
                id,
                SATO,
                status,
                effectiveAt,
                REPORTED,
                status == Status.TRANSFERRED ? "Support" : null,
                null,
                by);
    }

    private static Episode episode(long events, long failures, long records, long unknownRecords, Action... actions) {
        return new Episode(
                START,
                START.plus(Duration.ofMinutes(9)),
                events,
                records,
                unknownRecords,
                failures,
                0,
                Set.of(actions),
                Peak.NONE,
                Grounds.NONE,
                List.of());
    }
}

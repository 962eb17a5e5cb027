package dev.metsuke.detect.offhours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Grounds;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.Calendars;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.wording.BothLanguages;
import dev.metsuke.detect.wording.RandomEpisodes;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What alerts on exports say, in English and in Japanese. */
class OffHoursExportAlertsTest {

    private static final AccountId SATO = new AccountId("sato");

    /** 00:04 on a Tuesday; the day before was a holiday. */
    private static final Instant START = RandomEpisodes.START;

    private static final Instant FROM = Instant.parse("2026-11-23T15:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-24T15:00:00Z");
    private static final Instant APPROVED = Instant.parse("2026-11-20T01:00:00Z");

    private static final String CUSTOMERS = "crm.customers";
    private static final String FORBIDDEN = "forbidden: ";
    private static final String APPROVAL = "approved: a-1";

    @Test
    void tellsOfAnExportOffHours() {
        assertThat(say("", CUSTOMERS, episode(2, 300, Action.EXPORT, Action.PRINT)))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " took out 300 people's records of crm.customers on Tue 2026-11-24 00:04 +09:00,"
                                        + " working time 07:00-22:00 in calendar office",
                                "2 accesses (export, print) from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00,"
                                        + " 300 people's records",
                                "exports within working time only, by calendar office (Asia/Tokyo):"
                                        + " working time 07:00-22:00"),
                        List.of(
                                "2026-11-24（火）00:04 +09:00にcrm.customersの300人分の記録を持ち出し"
                                        + "（カレンダー「office」では勤務時間は07:00-22:00）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに2件のアクセス（エクスポート、印刷）、300人分の記録",
                                "持ち出しは勤務時間内のみ。カレンダー「office」（Asia/Tokyo）では勤務時間は07:00-22:00")));
    }

    @Test
    void namesNoDatasetWhereTheExportDoesNot() {
        BothLanguages said = say("", "exports", episode(1, 300, Action.EXPORT));

        assertThat(said.english().getFirst()).startsWith(" took out 300 people's records on Tue");
        assertThat(said.japanese().getFirst()).startsWith("2026-11-24（火）00:04 +09:00に300人分の記録を持ち出し（");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hours: {}, days-off: ["2026-11-24"]                          | a company day off       | 会社の休業日
        hours: {monday: ["07:00-22:00"]}                             | not a working day       | 休日
        hours: {tuesday: ["09:00-12:00", "13:00-18:00"]}             | working time 09:00-12:00, 13:00-18:00 | 勤務時間は09:00-12:00、13:00-18:00
        hours: {monday: ["22:00-06:00"], tuesday: ["22:00-06:00"]}, holidays: japan | working time 22:00-06:00 (the day before: a national holiday) | 勤務時間は22:00-06:00（前日は祝日）
        """)
    void saysWhatTheCalendarSaysOfTheDay(String calendar, String english, String japanese) {
        BothLanguages said =
                say("off-hours: {calendars: {office: {" + calendar + "}}}", CUSTOMERS, episode(1, 300, Action.EXPORT));

        assertThat(said.english().getFirst()).endsWith(", " + english + " in calendar office");
        assertThat(said.japanese().getFirst()).endsWith("（カレンダー「office」では" + japanese + "）");
        assertThat(said.english().getLast()).endsWith(" (Asia/Tokyo): " + english);
        assertThat(said.japanese().getLast()).endsWith("（Asia/Tokyo）では" + japanese);
    }

    @Test
    void saysThatTheDirectorysCalendarIsMissing() {
        DirectoryEntry entry = new DirectoryEntry(SATO, "p-1", "佐藤健", null, "営業部", "regular", "night", null);

        BothLanguages said = BothLanguages.of(
                "", policy -> say(policy, entry, List.of(), CUSTOMERS, episode(1, 300, Action.EXPORT)));

        assertThat(said.english().getLast())
                .startsWith("exports within working time only, by calendar office (Asia/Tokyo; the directory names"
                        + " night, which the policy does not have): ");
        assertThat(said.japanese().getLast())
                .startsWith("持ち出しは勤務時間内のみ。カレンダー「office」（Asia/Tokyo。台帳のカレンダー「night」はポリシーにない）では");
    }

    @ParameterizedTest
    @CsvSource({
        "COPY_TO_MEDIA, COPY_TO_MEDIA, on external media, 外部媒体で",
        "EMAIL, EMAIL, by e-mail to an outside domain, 社外ドメイン宛てのメールで",
        "EMAIL, EXPORT, on external media or to an outside address, 外部媒体または社外宛ての送信で"
    })
    void tellsOfAForbiddenWay(Action action, Action other, String english, String japanese) {
        BothLanguages said = say("", FORBIDDEN + CUSTOMERS, episode(2, 300, action, other));

        assertThat(said.english().getFirst())
                .isEqualTo(" took out 300 people's records of crm.customers " + english
                        + " on Tue 2026-11-24 00:04 +09:00, which is forbidden at any hour");
        assertThat(said.japanese().getFirst())
                .isEqualTo("2026-11-24（火）00:04 +09:00にcrm.customersの300人分の記録を" + japanese + "持ち出し（時間帯を問わず禁止）");
        assertThat(said.english().getLast()).isEqualTo("nothing " + english + ", unless it is approved beforehand");
        assertThat(said.japanese().getLast()).isEqualTo("事前の承認がない限り、" + japanese + "の持ち出しは禁止");
    }

    @Test
    void recordsTheUseOfAnApproval() {
        assertThat(sayApproved(approval("a-1", CUSTOMERS, APPROVED, "mori")))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " took out 300 people's records of crm.customers on Tue 2026-11-24 00:04 +09:00 as"
                                        + " approved in CHG-17",
                                "2 accesses (export) from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 300 people's"
                                        + " records",
                                "approval a-1 (CHG-17): at most 500 people's records of crm.customers from"
                                        + " 2026-11-24 00:00 +09:00 until 2026-11-25 00:00 +09:00, approved on"
                                        + " 2026-11-20 10:00 +09:00 by mori"),
                        List.of(
                                "2026-11-24（火）00:04 +09:00にcrm.customersの300人分の記録を持ち出し（CHG-17で承認済み）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに2件のアクセス（エクスポート）、300人分の記録",
                                "承認「a-1」（CHG-17）：2026-11-24 00:00 +09:00から2026-11-25 00:00 +09:00まで、"
                                        + "crm.customersの500人分の記録を上限として、2026-11-20 10:00 +09:00にmoriが承認")));
    }

    @Test
    void recordsWhatWasApprovedAfterwardsOrIsForgotten() {
        BothLanguages afterwards = sayApproved(approval("a-1", CUSTOMERS, UNTIL, null));
        BothLanguages forgotten = sayApproved(approval("a-2", CUSTOMERS, APPROVED, "mori"));

        assertThat(afterwards.english().getFirst()).endsWith(" +09:00 as approved afterwards in CHG-17");
        assertThat(afterwards.japanese().getFirst()).endsWith("を持ち出し（CHG-17で事後承認）");
        assertThat(afterwards.english().getLast()).endsWith(", approved on 2026-11-25 00:00 +09:00");
        assertThat(afterwards.japanese().getLast()).endsWith("を上限として、2026-11-25 00:00 +09:00に承認");
        assertThat(forgotten.english().getFirst())
                .isEqualTo(" took out 300 people's records on Tue 2026-11-24 00:04 +09:00 as approved");
        assertThat(forgotten.japanese().getFirst()).isEqualTo("2026-11-24（火）00:04 +09:00に300人分の記録を持ち出し（承認済み）");
        assertThat(forgotten.english().getLast()).isEqualTo("the approval was since forgotten");
        assertThat(forgotten.japanese().getLast()).isEqualTo("承認の内容はすでに保持されていない");
    }

    @Test
    void saysBeyondWhichApprovalsItIs() {
        BothLanguages said = say(
                "",
                CUSTOMERS,
                episode(2, 900, Action.EXPORT),
                approval("a-1", CUSTOMERS, APPROVED, "mori"),
                approval("a-2", CUSTOMERS, APPROVED, null));

        assertThat(said.english().get(1))
                .contains(
                        " 900 people's records; beyond approval a-1 (CHG-17): at most 500 ",
                        " by mori; beyond approval a-2 (CHG-17): at most 500 ");
        assertThat(said.japanese().get(1))
                .contains("、900人分の記録。次の承認を超過：承認「a-1」（CHG-17）：", "にmoriが承認。次の承認を超過：承認「a-2」（CHG-17）：");
    }

    @Test
    void saysByWhatUnknownNumbersUseUpAnApproval() {
        String sizes = "bulk-read: {datasets: {crm.customers: {size: 200}}}";
        ExportApproval approval = approval("a-1", CUSTOMERS, APPROVED, "mori");
        Episode unknown = episode(2, 0, 2, Action.EXPORT);

        BothLanguages used = say(sizes, APPROVAL, unknown, approval);
        BothLanguages beyond = say(sizes, CUSTOMERS, unknown, approval);

        assertThat(used.english().get(1))
                .endsWith(
                        " an unknown number of people's records; 2 of them did not say how many, and each counts as the"
                                + " dataset's size, 200");
        assertThat(used.japanese().get(1)).endsWith("、人数不明の記録。うち2件は人数不明のため、それぞれデータセットの規模である200人分として計算");
        assertThat(beyond.english().get(1)).contains(" as the dataset's size, 200; beyond approval a-1 ");
        assertThat(beyond.japanese().get(1)).contains("200人分として計算。次の承認を超過：承認「a-1」");
        assertThat(say("", CUSTOMERS, unknown, approval).english().get(1))
                .contains(" an unknown number of people's records; beyond approval a-1 ");
        assertThat(say(sizes, CUSTOMERS, unknown).english().get(1)).endsWith(" an unknown number of people's records");
    }

    @Test
    void namesApprovalsOfOtherDatasets() {
        List<ExportApproval> others = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            others.add(approval("a-" + i, "crm.contracts", APPROVED, "mori"));
        }
        BothLanguages two = say("", CUSTOMERS, episode(1, 9, Action.EXPORT), others.toArray(ExportApproval[]::new));
        for (int i = 3; i <= 5; i++) {
            others.add(approval("a-" + i, "crm.contracts", APPROVED, "mori"));
        }
        BothLanguages five = say("", CUSTOMERS, episode(1, 9, Action.EXPORT), others.toArray(ExportApproval[]::new));

        assertThat(two.english().get(1))
                .contains("; not covered by approval a-1 (CHG-17): ", " by mori, and approval a-2 (CHG-17): ")
                .endsWith(" by mori");
        assertThat(two.japanese().get(1))
                .contains("。次の承認の対象外：承認「a-1」（CHG-17）：", "にmoriが承認、および承認「a-2」（CHG-17）：")
                .endsWith("にmoriが承認");
        assertThat(five.english().get(1)).endsWith(" by mori, nor by 2 more");
        assertThat(five.japanese().get(1)).endsWith("にmoriが承認、ほか2件");
    }

    @Test
    void saysWhyItIsWithdrawn() {
        ExportApproval approval = approval("a-1", CUSTOMERS, APPROVED, "mori");
        String exception =
                "exceptions: [{rule: off-hours-export, account: sato, until: 2026-12-01T00:00:00Z, why: x, by: y}]";
        String wholeDay = "off-hours: {calendars: {office: {hours: {tuesday: [\"00:00-24:00\"]}}}}";

        assertThat(whyWithdrawn("", APPROVAL, "1"))
                .isEqualTo(both(
                        "by the approvals as they are now, it was not used for this", "現在の承認によると、この持ち出しには使われていないため"));
        assertThat(whyWithdrawn(exception, CUSTOMERS, "1"))
                .isEqualTo(both("the policy has an exception for it now", "現在のポリシーに例外があるため"));
        assertThat(whyWithdrawn("", CUSTOMERS, "1", approval))
                .isEqualTo(both(
                        "as far as it was approved, the approval's use is recorded instead",
                        "承認された範囲については、代わりに承認の使用として記録されるため"));
        assertThat(whyWithdrawn("", FORBIDDEN + CUSTOMERS, "1"))
                .isEqualTo(both("by the policy as it is now, it is not forbidden", "現在のポリシーでは禁止されていないため"));
        assertThat(whyWithdrawn("", CUSTOMERS, "1"))
                .isEqualTo(both(
                        "by the policy as it is now, it is forbidden at any hour, which another alert tells",
                        "現在のポリシーでは時間帯を問わず禁止されており、別のアラートに記載されるため"));
        assertThat(whyWithdrawn(wholeDay, CUSTOMERS, "another"))
                .isEqualTo(both(
                        "by calendar office as the policy has it now, it was within working time",
                        "現在のポリシーのカレンダー「office」では、勤務時間内だったため"));
        // What was approved, too, is not used within working time.
        for (ExportApproval[] approvals : new ExportApproval[][] {{}, {approval}}) {
            assertThat(whyWithdrawn(wholeDay, CUSTOMERS, "1", approvals))
                    .isEqualTo(both(
                            "by calendar office, which is known now to have held for the account, it was within working"
                                    + " time",
                            "このアカウントに適用されていたことが判明したカレンダー「office」では、勤務時間内だったため"));
        }
    }

    @Test
    void bothLanguagesNameTheSameNumbersAndTimes() {
        for (int seed = 0; seed < RandomEpisodes.SEEDS; seed++) {
            Random random = new Random(seed);
            Episode episode = RandomEpisodes.of(random, Peak.NONE);
            List<ExportApproval> approvals = new ArrayList<>();
            for (int i = 0; i < random.nextInt(6); i++) {
                approvals.add(new ExportApproval(
                        "m-" + i,
                        "a-" + i,
                        SATO,
                        random.nextBoolean() ? CUSTOMERS : "crm.contracts",
                        episode.start().minus(Duration.ofHours(random.nextInt(48))),
                        episode.start().plus(Duration.ofHours(random.nextInt(48))),
                        random.nextInt(5_000),
                        "CHG-17",
                        episode.start().plus(Duration.ofHours(random.nextInt(48) - 24)),
                        random.nextBoolean() ? null : "mori",
                        null));
            }
            String scope = List.of(CUSTOMERS, "exports", FORBIDDEN + CUSTOMERS, APPROVAL)
                    .get(random.nextInt(4));
            @Nullable String calendar = random.nextBoolean() ? null : "night";
            DirectoryEntry entry = new DirectoryEntry(SATO, "p-1", null, null, null, null, calendar, null);

            BothLanguages.of("", policy -> say(policy, entry, approvals, scope, episode))
                    .sayTheSame(
                            "seed " + seed,
                            List.of(
                                    "crm.customers",
                                    "crm.contracts",
                                    "office",
                                    "night",
                                    "Asia/Tokyo",
                                    "mori",
                                    "CHG-17",
                                    "a-0",
                                    "a-1",
                                    "a-2",
                                    "a-3",
                                    "a-4"));
        }
    }

    private static BothLanguages both(String english, String japanese) {
        return new BothLanguages(List.of(english), List.of(japanese));
    }

    private static BothLanguages say(String settings, String scope, Episode episode, ExportApproval... approvals) {
        return BothLanguages.of(settings, policy -> say(policy, null, List.of(approvals), scope, episode));
    }

    private static BothLanguages sayApproved(ExportApproval approval) {
        return say("", APPROVAL, episode(2, 300, Action.EXPORT), approval);
    }

    private static List<String> say(
            Policy policy,
            @Nullable DirectoryEntry entry,
            List<ExportApproval> approvals,
            String scope,
            Episode episode) {
        Words words = writer(policy, entry, approvals).words(SATO, scope, episode);
        return List.of(words.headline(), words.observed(), words.expected());
    }

    private static BothLanguages whyWithdrawn(
            String settings, String scope, String version, ExportApproval... approvals) {
        return BothLanguages.of(
                "version: 1" + (settings.isEmpty() ? "" : ", " + settings),
                policy -> List.of(writer(policy, null, List.of(approvals)).whyWithdrawn(alert(scope, version))));
    }

    private static OffHoursExportAlerts writer(
            Policy policy, @Nullable DirectoryEntry entry, List<ExportApproval> approvals) {
        return new OffHoursExportAlerts(
                policy,
                new Calendars(policy),
                (account, time) -> entry,
                account -> approvals.stream()
                        .map(approval -> new RecordedApproval(approval, approval.approvedAt()))
                        .map(recorded -> new ApprovalHistory(List.of(recorded)))
                        .toList(),
                account -> approvals);
    }

    private static Alert alert(String scope, String policyVersion) {
        return new Alert(
                "id",
                Rule.OFF_HOURS_EXPORT,
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
                policyVersion,
                null,
                null,
                null);
    }

    private static ExportApproval approval(String id, String dataset, Instant approvedAt, @Nullable String by) {
        return new ExportApproval(id + "-message", id, SATO, dataset, FROM, UNTIL, 500, "CHG-17", approvedAt, by, null);
    }

    private static Episode episode(long events, long records, Action... actions) {
        return episode(events, records, 0, actions);
    }

    private static Episode episode(long events, long records, long unknownRecords, Action... actions) {
        return new Episode(
                START,
                START.plus(Duration.ofMinutes(9)),
                events,
                records,
                unknownRecords,
                0,
                0,
                actions.length > 1 && actions[0] == actions[1] ? Set.of(actions[0]) : Set.of(actions),
                Peak.NONE,
                Grounds.NONE,
                List.of());
    }
}

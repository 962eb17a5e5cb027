package dev.metsuke.detect.bulkread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.directory.Former;
import dev.metsuke.detect.directory.Workplace;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Grounds;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.episode.Words;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.wording.BothLanguages;
import dev.metsuke.detect.wording.RandomEpisodes;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What bulk reads' alerts say, in English and in Japanese. */
class BulkReadAlertsTest {

    private static final AccountId SATO = new AccountId("sato");
    private static final Instant START = RandomEpisodes.START;
    private static final String SIZES = "bulk-read: {datasets: {crm.customers: {size: 50000}}}";

    private static final Peak ABOVE_CEILING = Peak.aboveCeiling(2_000, 1_000, 10);
    private static final Peak ABOVE_OWN = new Peak(172, 89, Peak.Yardstick.OWN, 24 * 60, 10, 8);
    private static final Peak ABOVE_OWN_MONTH = new Peak(2_373, 1_932, Peak.Yardstick.OWN, 30 * 24 * 60, 10, 966);
    private static final Peak ABOVE_DEPARTMENT = new Peak(480, 240, Peak.Yardstick.DEPARTMENT, 60, 85, 40);

    @Test
    void tellsAPolicysCeiling() {
        assertThat(say("", scope("crm.customers", Reach.HOUR), episode(2_000, 0, ABOVE_CEILING), at("Sales")))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " read 2,000 people's records of crm.customers in 9 min; the ceiling is 1,000 in 10"
                                        + " min",
                                "35 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 2,000 people's records;"
                                        + " up to 2,000 in 10 min",
                                "at most 1,000 in 10 min"),
                        List.of(
                                "9分でcrm.customersから2,000人分の記録を読み出し（上限は10分あたり1,000人分）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス、2,000人分の記録。10分で最大2,000人分",
                                "10分あたり1,000人分まで")));
    }

    @Test
    void tellsWhyCeilingsOfAllDatasetsDiffer() {
        assertThat(say("", scope(null, Reach.HOUR), episode(5_800, 0, ABOVE_CEILING), at("Sales")))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " read 5,800 people's records of all datasets in 9 min; the ceiling is 1,000 in 10 min",
                                "35 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 5,800 people's records;"
                                        + " 2,000 in the 10 min that were furthest above their ceiling",
                                "at most 1,000 in 10 min over all datasets together: what holds without a dataset's own"
                                        + " ceiling, and what was read of those with a higher one, up to the highest of"
                                        + " them"),
                        List.of(
                                "9分で全データセットから5,800人分の記録を読み出し（上限は10分あたり1,000人分）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス、5,800人分の記録。"
                                        + "上限を最も大きく超えた10分では2,000人分",
                                "10分あたり1,000人分まで（全データセットの合計。個別の上限がないデータセットの上限に、"
                                        + "それより上限が大きいデータセットから読み出した人数を加えたもの。ただし、その最も大きい上限まで）")));
    }

    @Test
    void tellsWhereTheAccountWasWhenCeilingsChanged() {
        Workplace moved = new Workplace(
                "Support",
                List.of(
                        new Former(START.plusSeconds(60), "Sales", null),
                        new Former(START.plusSeconds(120), null, null)));

        BothLanguages said = say(
                "bulk-read: {departments: {Sales: 1500}}",
                scope("crm.customers", Reach.HOUR),
                episode(2_000, 0, ABOVE_CEILING),
                time -> moved);

        assertThat(said.english().getLast())
                .isEqualTo("at most 1,000 in 10 min; the account's department was Sales, then none, then Support");
        assertThat(said.japanese().getLast()).isEqualTo("10分あたり1,000人分まで。当時の所属部署はSales、その後なし、その後Support");
    }

    @Test
    void tellsWhatIsUsualForTheAccount() {
        assertThat(say("", scope(null, Reach.DAY), episode(172, 0, ABOVE_OWN), at("Sales")))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " read 172 people's records of all datasets in 9 min; 8 in 24 h are usual for the"
                                        + " account, by 10 days",
                                "35 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 172 people's records;"
                                        + " 172 in the 24 h that were furthest above their usual",
                                "at most 89 in 24 h, by the account's own history: the median of 10 days is 8"),
                        List.of(
                                "9分で全データセットから172人分の記録を読み出し（このアカウントの通常は24時間あたり8人分、10日分の実績による）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス、172人分の記録。"
                                        + "通常を最も大きく超えた24時間では172人分",
                                "24時間あたり89人分まで（アカウント自身の実績による。10日分の中央値は8人分）")));
    }

    /** Who reads in one hour of the day has a median of none in the hours around it, and the day is what decides. */
    @Test
    void tellsWhatIsUsualInADayWhereThatDecidesOverAnHour() {
        Peak peak = new Peak(500, 400, Peak.Yardstick.OWN_DAY, 60, 20, 100);
        BothLanguages said = say("", scope(null, Reach.HOUR), episode(500, 0, peak), at("Sales"));

        assertThat(said.english().getFirst())
                .isEqualTo(
                        " read 500 people's records of all datasets in 9 min; 100 in a day are usual for the account,"
                                + " by 20 days");
        assertThat(said.english().getLast())
                .isEqualTo("at most 400 in 1 h, by the account's own history: 4 times the median of 20 days, which is"
                        + " 100");
        assertThat(said.japanese().getFirst()).isEqualTo("9分で全データセットから500人分の記録を読み出し（このアカウントの通常は一日あたり100人分、20日分の実績による）");
        assertThat(said.japanese().getLast()).isEqualTo("1時間あたり400人分まで（アカウント自身の実績による。20日分の中央値である一日あたり100人分の4倍）");
    }

    /** Of a day's sum, which is compared with what is usual by the hour; else 60 people would seem fewer than the usual 100. */
    @Test
    void saysThatWhomTheLogNamesCountsOnceAnHour() {
        Peak peak = new Peak(600, 500, Peak.Yardstick.OWN, 24 * 60, 40, 100);
        BothLanguages said = say("", scope(null, Reach.DAY), episode(60, 0, peak), at("Sales"));

        assertThat(said.english())
                .startsWith(
                        " read 60 people's records (600 in 24 h, each person counted once an hour) of all datasets in 9"
                                + " min; 100 in 24 h are usual for the account, by 40 days",
                        "35 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 60 people's records; 600 in the"
                                + " 24 h that were furthest above their usual, each person counted once an hour");
        assertThat(said.japanese())
                .startsWith(
                        "9分で全データセットから60人分の記録（24時間では同じ人も時間帯ごとに数えて600人分）を読み出し" + "（このアカウントの通常は24時間あたり100人分、40日分の実績による）",
                        "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス、60人分の記録。"
                                + "通常を最も大きく超えた24時間では、同じ人も時間帯ごとに数えて600人分");
    }

    @Test
    void tellsAllThirtyDaysOfAMonth() {
        assertThat(say("", scope(null, Reach.MONTH), episode(4, 0, ABOVE_OWN_MONTH), at("Sales")))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " read 2,373 people's records of all datasets in 30 d; 966 in 30 d are usual for the"
                                        + " account, by 10 days",
                                "35 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 4 people's records;"
                                        + " 2,373 in the 30 d that were furthest above their usual",
                                "at most 1,932 in 30 d, by the account's own history: for as many days with reads, the"
                                        + " median of 10 days makes 966"),
                        List.of(
                                "30日で全データセットから2,373人分の記録を読み出し（このアカウントの通常は30日あたり966人分、10日分の実績による）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス、4人分の記録。"
                                        + "通常を最も大きく超えた30日では2,373人分",
                                "30日あたり1,932人分まで（アカウント自身の実績による。10日分の中央値を、読み出しのあった日数分に換算すると966人分）")));
    }

    @Test
    void tellsWhatIsUsualForTheDepartment() {
        assertThat(say("", scope("crm.customers", Reach.HOUR), episode(480, 0, ABOVE_DEPARTMENT), at("Sales")))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " read 480 people's records of crm.customers in 9 min; 12 times the usual of the"
                                        + " department Sales, 40 in 1 h, from 85 person-days",
                                "35 accesses from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 480 people's records;"
                                        + " up to 480 in 1 h",
                                "at most 240 in 1 h, by the department Sales, since the account has too little history"
                                        + " of its own: the median of 85 person-days is 40"),
                        List.of(
                                "9分でcrm.customersから480人分の記録を読み出し（所属部署「Sales」の通常の12倍。" + "通常は1時間あたり40人分、延べ85人日の実績による）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00までに35件のアクセス、480人分の記録。1時間で最大480人分",
                                "1時間あたり240人分まで（アカウント自身の実績が足りないため、所属部署「Sales」の実績による。" + "延べ85人日の中央値は40人分）")));
    }

    @Test
    void namesNoDepartmentThatTheDirectoryNoLongerKnows() {
        BothLanguages said = say("", scope("crm.customers", Reach.HOUR), episode(480, 0, ABOVE_DEPARTMENT), at(null));

        assertThat(said.english().getFirst()).contains("12 times the usual of the department, 40 in 1 h");
        assertThat(said.japanese().getFirst()).contains("（所属部署の通常の12倍。通常は1時間あたり40人分、");
    }

    @Test
    void saysWhatStandsInForUnknownNumbers() {
        BothLanguages known =
                say(SIZES, scope("crm.customers", Reach.HOUR), episode(52_000, 1, ABOVE_CEILING), at(null));
        BothLanguages ofAll = say(SIZES, scope(null, Reach.HOUR), episode(52_000, 1, ABOVE_CEILING), at(null));
        BothLanguages unknown = say("", scope("crm.customers", Reach.HOUR), episode(2_000, 3, ABOVE_CEILING), at(null));

        assertThat(known.english().getFirst()).startsWith(" read up to 52,000 people's records of crm.customers in");
        assertThat(known.japanese().getFirst()).startsWith("9分でcrm.customersから最大52,000人分の記録を読み出し（");
        assertThat(known.english().get(1))
                .endsWith("; 1 of them did not say how many, and each counts as the dataset's size, 50,000");
        assertThat(known.japanese().get(1)).endsWith("。うち1件は人数不明のため、それぞれデータセットの規模である50,000人分として計算");
        assertThat(ofAll.english().getFirst()).startsWith(" read an estimated 52,000 people's records of all datasets");
        assertThat(ofAll.japanese().getFirst()).startsWith("9分で全データセットから推定52,000人分の記録を読み出し（");
        assertThat(unknown.english().getFirst()).startsWith(" read at least 2,000 people's records of crm.customers");
        assertThat(unknown.japanese().getFirst()).startsWith("9分でcrm.customersから少なくとも2,000人分の記録を読み出し（");
        assertThat(unknown.english().get(1)).endsWith("; 3 of them did not say how many");
        assertThat(unknown.japanese().get(1)).endsWith("。うち3件は人数不明");
    }

    @Test
    void tellsExportsOfUnknownSize() {
        assertThat(say("", scope("files", Reach.UNSIZED), episode(0, 35, Peak.ofUnsized(3, 0)), at(null)))
                .isEqualTo(new BothLanguages(
                        List.of(
                                " took out data in exports that do not say of how many people, up to 3 exports in 24 h",
                                "35 accesses in 9 min from 2026-11-24 00:04 to 2026-11-24 00:13 +09:00, 3 exports of"
                                        + " unknown size within 24 h",
                                "at most 0 exports in 24 h from datasets whose size the policy does not know"),
                        List.of(
                                "何人分か不明なデータを持ち出し（24時間で最大3件）",
                                "2026-11-24 00:04から2026-11-24 00:13 +09:00まで（9分）に35件のアクセス。" + "何人分か不明な持ち出しは24時間で3件",
                                "ポリシーに規模が定められていないデータセットからの持ち出しは、24時間あたり0件まで")));
        assertThat(say("", scope("files", Reach.UNSIZED), episode(0, 1, Peak.ofUnsized(1, 0)), at(null))
                        .english()
                        .getFirst())
                .endsWith("up to 1 export in 24 h");
    }

    @Test
    void settingsAreTheSameInBothLanguages() {
        BothLanguages settings = BothLanguages.of(
                SIZES,
                policy -> List.of(new BulkReadAlerts(policy, account -> at("Sales"))
                        .words(SATO, scope("crm.customers", Reach.HOUR), episode(480, 1, ABOVE_DEPARTMENT))
                        .settings()
                        .toString()));

        assertThat(settings.japanese()).isEqualTo(settings.english());
        assertThat(settings.english().getFirst())
                .contains("bulk-read.window=1 h", "bulk-read.yardstick=department", "bulk-read.usual=40");
    }

    @Test
    void bothLanguagesNameTheSameNumbersAndTimes() {
        for (int seed = 0; seed < RandomEpisodes.SEEDS; seed++) {
            Random random = new Random(seed);
            String dataset = random.nextBoolean() ? null : "crm.customers";
            Reach reach = Reach.values()[random.nextInt(Reach.values().length)];
            Peak peak = new Peak(
                    random.nextLong(1_000_000),
                    random.nextLong(10_000),
                    reach == Reach.UNSIZED
                            ? Peak.Yardstick.UNSIZED
                            : Peak.Yardstick.values()[random.nextInt(Peak.Yardstick.values().length)],
                    List.of(5, 10, 60, 24 * 60, 30 * 24 * 60).get(random.nextInt(5)),
                    random.nextInt(100),
                    random.nextInt(3_000));
            Episode episode = RandomEpisodes.of(random, peak);
            Workplace workplace = new Workplace(
                    random.nextBoolean() ? null : "Support",
                    random.nextBoolean() ? List.of() : List.of(new Former(episode.start(), "Sales", null)));

            say(random.nextBoolean() ? "" : SIZES, scope(dataset, reach), episode, time -> workplace)
                    .sayTheSame("seed " + seed, List.of("crm.customers", "Sales", "Support"));
        }
    }

    private static BothLanguages say(
            String settings, String scope, Episode episode, Function<Instant, Workplace> workplaces) {
        return BothLanguages.of(settings, policy -> say(policy, scope, episode, workplaces));
    }

    private static List<String> say(
            Policy policy, String scope, Episode episode, Function<Instant, Workplace> workplaces) {
        Words words = new BulkReadAlerts(policy, account -> workplaces).words(SATO, scope, episode);
        return List.of(words.headline(), words.observed(), words.expected());
    }

    private static String scope(@Nullable String dataset, Reach reach) {
        return new ReadScope(dataset, reach).toString();
    }

    private static Function<Instant, Workplace> at(@Nullable String department) {
        return time -> new Workplace(department, List.of());
    }

    private static Episode episode(long records, long unknownRecords, Peak peak) {
        return new Episode(
                START,
                START.plus(Duration.ofMinutes(9)),
                35,
                records,
                unknownRecords,
                0,
                0,
                Set.of(Action.READ),
                peak,
                Grounds.NONE,
                List.of());
    }
}

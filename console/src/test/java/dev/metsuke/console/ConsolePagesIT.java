package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import dev.metsuke.console.access.ConsoleUser;
import dev.metsuke.console.access.RequestGuard;
import dev.metsuke.console.access.Role;
import dev.metsuke.console.access.SessionSettings;
import dev.metsuke.console.directory.DirectoryEntries;
import dev.metsuke.console.language.PageLanguage;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.scim.ScimSettings;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.ReadOnDay;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.servers.testing.NeedsServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser; skipped where {@code /usr/bin/chromium} is not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsServers
@ExtendWith(SharedServers.class)
class ConsolePagesIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String HOSTILE = "<img src=x"
        + " onerror=\"window.ran=1\">\"><script>window.ran=1</script><svg/onload=window.ran=1>'javascript:window.ran=1'";

    private final List<AutoCloseable> open = new ArrayList<>();
    private RealServers servers;
    private Metrics metrics;
    private Console console;
    private com.microsoft.playwright.Browser chromium;
    private Instant now;

    @BeforeAll
    void start(RealServers shared, @TempDir Path folder) throws IOException {
        assumeThat(CHROMIUM)
                .as("no Chromium at %s: the pages are NOT tested in a browser; install the package chromium", CHROMIUM)
                .exists();
        Files.createDirectories(PICTURES);
        now = Instant.now();
        servers = shared;
        metrics = keep(new Metrics());
        console = keep(console(SettingsFile.of(
                        "console: {port: 0, zone: America/New_York, kibana-url: \"https://kibana.example.jp\"}",
                        "test.yml",
                        folder)
                .section("console", ConsoleSettings.class)));
        Playwright playwright = keep(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
        chromium = keep(playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"))));
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void showsHostileTextAndRunsNoneOfIt() throws Exception {
        List<AccessEvent> events = List.of(AccessEvent.builder()
                .timestamp(SampleAlerts.START)
                .id("hostile-1")
                .action(Action.EXPORT)
                .userId(HOSTILE)
                .userName(HOSTILE)
                .dataset(HOSTILE)
                .hostName(HOSTILE)
                .userAgent(HOSTILE)
                .urlOriginal(HOSTILE)
                .sourceAddress(HOSTILE)
                .original(HOSTILE)
                .build());
        servers.archive(events);
        Alert alert = SampleAlerts.alert(
                Rule.OFF_HOURS_EXPORT,
                HOSTILE,
                Severity.HIGH,
                SampleAlerts.START,
                5,
                events,
                HOSTILE,
                HOSTILE,
                HOSTILE);
        servers.raise(alert);

        try (BrowserContext context = chromium.newContext()) {
            Page page = context.newPage();
            List<String> dialogs = new ArrayList<>();
            page.onDialog(dialog -> dialogs.add(dialog.message()));
            List<String> violations = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    violations.add(message.text());
                }
            });
            page.navigate(console.address() + "/alerts/" + alert.id());
            page.waitForSelector(".detail .events .line");
            page.click(".twist");
            assertThat(page.textContent(".detail h2")).isEqualTo(HOSTILE);
            assertThat(page.textContent(".detail .events .line code")).isEqualTo(HOSTILE);
            // They stay open when the page is told of the alert anew.
            PlaywrightAssertions.assertThat(page.locator(".detail .fields").first())
                    .containsText(HOSTILE);
            page.navigate(console.address() + "/search?q=event.id:hostile*");
            page.waitForSelector(".events .line");
            page.click(".twist");

            assertThat(page.textContent(".events .line code")).isEqualTo(HOSTILE);
            assertThat(page.evaluate("() => window.ran === undefined")).isEqualTo(true);
            assertThat(page.querySelectorAll("main img, main svg, main script")).isEmpty();
            assertThat(dialogs).isEmpty();
            assertThat(violations).isEmpty();
        }
    }

    @Test
    void showsTheDaysThatASlowDripIsMadeOf() throws Exception {
        Alert alert = SampleAlerts.drip(
                "drip",
                List.of(
                        new ReadOnDay(
                                LocalDate.parse("2026-03-03"),
                                1_200,
                                List.of(
                                        new ReadOnDay.OfDataset("crm.customers", 1_100),
                                        new ReadOnDay.OfDataset(null, 100))),
                        new ReadOnDay(LocalDate.parse("2026-03-05"), 7, List.of())));
        servers.raise(alert);

        try (BrowserContext context = chromium.newContext()) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + alert.id());
            page.click("summary:has-text('The 2 days that make up the sum')");

            assertThat(page.isVisible(".detail .days")).isTrue();
            assertThat(page.locator(".detail .days td").allTextContents())
                    .containsExactly(
                            "2026-03-03", "1,200", "crm.customers 1,100, no dataset named 100", "2026-03-05", "7", "");
        }
        try (BrowserContext context = japanese()) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + alert.id());
            page.click("summary:has-text('合計の内訳（2日分）')");

            page.waitForSelector("#detail .pairs dd:has-text('すべてのデータセット（30日間）')");
            assertThat(page.locator(".detail .days td").allTextContents())
                    .containsExactly("2026年3月3日", "1,200", "crm.customers 1,100人、データセット名なし 100人", "2026年3月5日", "7", "");
        }
    }

    @Test
    void growsAnAlertInPlaceAndShowsItInBothSchemes() throws Exception {
        raiseSampleDay();
        Instant start = now.minus(Duration.ofMinutes(4));
        List<AccessEvent> events = SampleAlerts.events("yoshida", "yoshida", 12, start);
        servers.archive(events);

        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/");
            page.waitForSelector(".live.on");
            Alert small = yoshida(start, 3_500, events.subList(0, 7));
            servers.raise(small);
            page.waitForSelector("li[data-id='" + small.id() + "']");
            page.click("li[data-id='" + small.id() + "'] a");
            page.waitForSelector(".detail .events .line");
            assertThat(page.url()).endsWith("/alerts/" + small.id());
            assertThat(page.getAttribute(".detail .pairs a[target=_blank]", "href"))
                    .startsWith("https://kibana.example.jp/s/metsuke-officer/app/dashboards#/view/metsuke-account?");
            page.evaluate("() => { document.querySelector('.detail-pane').dataset.same = 'page'; }");
            page.click(".detail .twist");
            page.click(".detail details summary");

            servers.raise(yoshida(start, 6_000, events));

            page.waitForSelector("li[data-id='" + small.id() + "'] .amount:has-text('6,000 people')");
            page.waitForSelector(".detail .pairs:has-text('6,000 people in 12 accesses')");
            assertThat(page.querySelectorAll("li[data-id='" + small.id() + "']"))
                    .hasSize(1);
            assertThat(page.getAttribute(".detail-pane", "data-same")).isEqualTo("page");
            assertThat(page.isVisible(".detail .fields .pairs")).isTrue();
            assertThat(page.isVisible(".detail details .pairs")).isTrue();
            page.click(".detail .twist");
            page.click(".detail details summary");
            page.waitForTimeout(2_700);
            picture(page, "alerts-light");
            page.keyboard().press("Escape");
            page.waitForURL("**/alerts");
        }
        try (BrowserContext context = context(ColorScheme.DARK)) {
            Page page = context.newPage();
            page.navigate(
                    console.address() + "/alerts/" + yoshida(start, 1, events).id());
            page.waitForSelector(".detail .events .line");
            page.waitForSelector(".live.on");
            picture(page, "alerts-dark");
            page.setViewportSize(400, 800);
            picture(page, "alerts-narrow");
        }
    }

    @Test
    void filtersByDaysOfItsZoneAndKeepsThemInItsAddress() throws Exception {
        Alert evening = episode("period", Severity.HIGH, "2026-03-11T03:30:00Z");
        Alert midnight = episode("period", Severity.HIGH, "2026-03-11T03:55:00Z");
        Alert morning = episode("period", Severity.HIGH, "2026-03-11T04:00:00Z");
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts?account=period");
            page.waitForSelector(row(morning));
            page.waitForSelector(".live.on");

            page.fill("input[name=from]", "2026-03-11");

            page.waitForSelector("#alerts:not(:has(" + row(evening) + "))");
            // In New York, from 23:55 to 00:05.
            assertThat(shownIds(page)).containsExactly(morning.id(), midnight.id());
            assertThat(page.url()).endsWith("/alerts?account=period&from=2026-03-11");
            page.waitForSelector("#summary:has-text('2 open'):has-text('of 2 matches, of the newest')");
            Alert before = episode("period", Severity.HIGH, "2026-03-11T03:31:00Z");
            Alert within = episode("period", Severity.HIGH, "2026-03-11T04:01:00Z");
            page.waitForSelector(row(within));
            assertThat(shownIds(page)).doesNotContain(before.id());
            page.waitForSelector("#summary:has-text('3 open'):has-text('3 untriaged')");
            page.fill("input[name=to]", "2026-03-10");
            page.waitForSelector("#notice:has-text('to: is 2026-03-10, which is not behind from')");
            assertThat(shownIds(page)).isEmpty();
            page.goBack();
            page.waitForSelector(row(within));
            page.goBack();
            page.waitForSelector(row(evening));
            assertThat(page.inputValue("input[name=from]")).isEmpty();
            page.goForward();
            page.waitForSelector("#alerts:not(:has(" + row(evening) + "))");
            picture(page, "alerts-period");
            page.navigate(console.address() + "/alerts?account=period&to=tomorrow");
            page.waitForSelector("#notice:has-text('is left out: to=tomorrow')");
        }
    }

    @Test
    void keepsTheOrderAndDoesNotMoveTheRowUnderThePointer() throws Exception {
        Alert archived = alert("ordered", Severity.CRITICAL, "2026-02-02T01:00:00Z");
        Alert oldest = alert("ordered", Severity.LOW, "2026-01-15T01:00:00Z");
        Alert over = alert("ordered", Severity.HIGH, "2026-01-10T01:00:00Z").closed();
        for (Alert one : List.of(archived, oldest, over)) {
            servers.archive(one);
        }
        Alert low = episode("ordered", Severity.LOW, "2026-02-01T01:00:00Z");
        Alert medium = episode("ordered", Severity.MEDIUM, "2026-02-04T01:00:00Z");
        Alert high = episode("ordered", Severity.HIGH, "2026-02-03T01:00:00Z");
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts?account=ordered&order=severity");
            page.waitForSelector(row(low));
            page.waitForSelector(".live.on");
            page.waitForTimeout(500);
            List<String> bySeverity = List.of(archived.id(), high.id(), over.id(), medium.id(), low.id(), oldest.id());
            assertThat(shownIds(page)).isEqualTo(bySeverity);
            assertThat(pagedIds(page, "account=ordered&order=severity&limit=2")).isEqualTo(bySeverity);
            assertThat(pagedIds(page, "account=ordered&order=severity&limit=1")).isEqualTo(bySeverity);
            assertThat(pagedIds(page, "account=ordered&from=2026-01-12&to=2026-02-01&limit=1"))
                    .isEqualTo(List.of(low.id(), archived.id(), oldest.id()));
            page.hover(row(medium));
            double place = page.locator(row(medium)).boundingBox().y;

            Alert urgent = episode("ordered", Severity.CRITICAL, "2026-02-05T01:00:00Z");
            page.waitForSelector("#waiting:has-text('1 change waits')");
            assertThat(page.locator(row(medium)).boundingBox().y).isEqualTo(place);
            picture(page, "alerts-order");
            page.hover("#detail");

            page.waitForSelector(row(urgent));
            assertThat(shownIds(page))
                    .containsExactly(
                            urgent.id(), archived.id(), high.id(), over.id(), medium.id(), low.id(), oldest.id());
            servers.raise(low.closed());
            page.selectOption("select[name=order]", "oldest-open");
            // By severity the one that is closed comes last as well.
            page.waitForFunction("id => document.querySelector('#alerts > li').dataset.id === id", oldest.id());
            page.waitForFunction("id => document.querySelector('#alerts > li:last-child').dataset.id === id", low.id());
            List<String> oldestOpen =
                    List.of(oldest.id(), archived.id(), high.id(), medium.id(), urgent.id(), over.id(), low.id());
            assertThat(shownIds(page)).isEqualTo(oldestOpen);
            assertThat(pagedIds(page, "account=ordered&order=oldest-open&limit=2"))
                    .isEqualTo(oldestOpen);
            assertThat(page.url()).endsWith("/alerts?account=ordered&order=oldest-open");
            page.goBack();
            page.waitForFunction("id => document.querySelector('#alerts > li').dataset.id === id", urgent.id());
        }
    }

    private Alert episode(String account, Severity severity, String start) throws Exception {
        Alert alert = alert(account, severity, start);
        servers.raise(alert);
        return alert;
    }

    private static Alert alert(String account, Severity severity, String start) {
        return SampleAlerts.alert(
                Rule.BULK_READ,
                account,
                severity,
                Instant.parse(start),
                500,
                List.of(),
                null,
                null,
                account + " read 500 people at " + start);
    }

    @Test
    void showsAlertsInJapaneseAndWhatDetectionWroteAsItIs() throws Exception {
        List<AccessEvent> events = SampleAlerts.events("hara", "hara", 12, SampleAlerts.START);
        servers.archive(events);
        Alert hara = SampleAlerts.alert(
                Rule.BULK_READ,
                "hara",
                Severity.CRITICAL,
                SampleAlerts.START,
                6_000,
                events,
                "原 美咲",
                "営業部",
                "hara read 6,000 people of crm.customers");
        Alert other = SampleAlerts.alert(
                        Rule.OFF_HOURS_EXPORT,
                        "hara",
                        Severity.MEDIUM,
                        now.minus(Duration.ofHours(3)),
                        1,
                        List.of(),
                        null,
                        null,
                        "hara took out something")
                .withdrawn("HR corrected the report");
        servers.raise(hara);
        servers.raise(other);
        try (BrowserContext context = japanese()) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(console.address() + "/alerts?account=hara");
            page.waitForSelector("#live.on:has-text('受信中')");
            assertThat(page.getAttribute("html", "lang")).isEqualTo("ja");
            page.waitForSelector(row(hara));
            page.waitForSelector(row(other));
            page.waitForSelector("#summary:has-text('継続中 1')");
            assertThat(page.textContent("#summary")).startsWith("継続中 1緊急 1高 0中 0低 0未対応 1最新");
            assertThat(page.textContent(row(hara))).contains("緊急", "大量閲覧", "継続中", "未対応", "6,000人 · アクセス12件");
            assertThat(page.textContent(row(other))).contains("中", "時間外の持ち出し", "撤回", "1人 · アクセス1件");
            assertThat(page.locator(row(hara) + " [lang='']").textContent()).startsWith("hara read 6,000 people");
            page.selectOption("select[name=rule]", new SelectOption().setLabel("大量閲覧"));
            page.waitForSelector("#alerts:not(:has(" + row(other) + "))");
            page.click(row(hara) + " a");

            page.waitForSelector("#detail .pairs dd:has-text('6,000人（アクセス12件）')");
            assertThat(page.title()).endsWith("hara read 6,000 people of crm.customers · Metsuke");
            assertThat(page.textContent("#detail .pairs")).contains("2026年3月31日 23:00");
            page.click("summary:has-text('検知時のルールの設定')");
            assertThat(page.locator("#detail details > dl > *").allTextContents())
                    .containsExactly("上限人数", "300", "集計期間", "10分", "of-a-later-version", "17");
            page.click("#triage button:text-is('対応済みにする')");
            page.waitForSelector("#triage .problem:text-is('判定：入力されていません。"
                    + "問題あり（confirmed）、許可済み（authorised）、誤検知（false-positive）のいずれかを指定してください。 コメント：理由を入力してください。')");
            page.fill("#triage textarea", "CHG-17");
            page.selectOption("#triage select[name=resolution]", new SelectOption().setLabel("許可済み"));
            page.click("#triage button:text-is('対応済みにする')");
            page.waitForSelector(".triage-state:has-text('対応済み（判定：許可済み、判定者：local）')");
            page.waitForSelector(".history li:has-text('localが対応済みにしました（判定：許可済み） アクセス12件の時点')");
            page.waitForSelector(row(hara) + " .triage.resolved:has-text('許可済み')");
            assertThat(post(page, "/api/alerts/" + hara.id() + "/triage", "confirmed"))
                    .isEqualTo(409);
            picture(page, "alerts-japanese");
            assertThat(inItsOwnWords(page))
                    .as("English words on the page, but for names and what detection wrote")
                    .doesNotContainPattern(
                            "(?i)\\b(is|of|the|from|and|in|open|closed|people|access(es)?|alerts?|resolved?)\\b");
            page.fill("input[name=from]", "2026-03-02");
            page.fill("input[name=to]", "2026-03-01");
            page.waitForSelector("#notice:has-text('一覧を読み込めませんでした：終了日：「2026-03-01」は開始日より後ではないため')");
            assertThat(errors).isEmpty();
        }
    }

    /** All that the page says but for what detection, logs and the table of accesses say. */
    private static String inItsOwnWords(Page page) {
        return (String) page.evaluate("() => { const own = document.body.cloneNode(true); for (const one of"
                + " own.querySelectorAll(\"[lang=''], table, dl\")) one.remove(); return own.textContent; }");
    }

    @Test
    void decidesAboutSeveralAlertsInJapanese() throws Exception {
        Alert first = episode("ono", Severity.HIGH, "2026-03-01T01:00:00Z");
        Alert resolved = episode("ono", Severity.LOW, "2026-03-02T01:00:00Z");
        try (BrowserContext context = japanese()) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts?account=ono");
            page.waitForSelector(row(first));
            page.waitForSelector(row(resolved));
            page.waitForSelector(".live.on");
            page.click("label:has-text('すべて選択')");
            page.waitForSelector("#chosen:has-text('2件を選択中')");
            assertThat(post(page, "/api/alerts/" + resolved.id() + "/triage", "confirmed"))
                    .isEqualTo(200);
            page.waitForSelector(row(resolved) + " .triage.resolved:has-text('問題あり')");
            page.fill("#chosen textarea", "CHG-18");
            page.selectOption("#chosen select[name=resolution]", "false-positive");
            page.click("#chosen button:has-text('対応済みにする')");

            page.waitForSelector(".outcome:has-text('1件のアラートを対応済みにしました（判定：誤検知）。')");
            assertThat(page.locator(".outcome li").allTextContents())
                    .singleElement()
                    .asString()
                    .endsWith("：この間にlocalがこのアラートを操作しました（対応済み）。もう一度確認してください。");
            page.setViewportSize(390, 844);
            pictureWhole(page, "alerts-japanese-decided");
            assertThat(page.locator(row(first) + " .triage").textContent()).isEqualTo("✓ 誤検知");
        }
    }

    /** Of all pages that the console gives. */
    private static Object pagedIds(Page page, String query) {
        return page.evaluate(
                "async query => { const ids = []; for (let after = ''; after !== null;) { const answer = await"
                        + " fetch('/api/alerts?' + query + '&after=' + encodeURIComponent(after)).then(one =>"
                        + " one.json()); ids.push(...answer.alerts.map(one => one.alert.event.id)); after ="
                        + " answer.next; } return ids; }",
                query);
    }

    private static List<String> shownIds(Page page) {
        return page.locator("#alerts > li").all().stream()
                .map(row -> row.getAttribute("data-id"))
                .toList();
    }

    @Test
    void twoOfficersTriageAnAlertSideBySide() throws Exception {
        Instant start = now.minus(Duration.ofMinutes(30));
        List<AccessEvent> events = SampleAlerts.events("sakai", "sakai", 18, start);
        servers.archive(events);
        Alert alert = sakai(start, events.subList(0, 12));
        servers.raise(alert);
        String row = "li[data-id='" + alert.id() + "']";
        try (Console withUsers = consoleOfColleagues();
                BrowserContext moris = context(ColorScheme.LIGHT, withUsers, "mori");
                BrowserContext satos = context(ColorScheme.DARK, withUsers, "sato");
                BrowserContext akis = context(ColorScheme.LIGHT, withUsers, "aki")) {
            Page mori = moris.newPage();
            mori.navigate(withUsers.address() + "/alerts?triage=new&account=sakai");
            mori.waitForSelector(row + " .triage.new:has-text('untriaged')");
            mori.click(row + " a");
            Page sato = satos.newPage();
            sato.navigate(withUsers.address() + "/alerts/" + alert.id());
            sato.waitForSelector(".triage-state:has-text('Untriaged')");
            sato.waitForSelector(".live.on");
            sato.fill("#triage textarea", "Asked the department: ");

            mori.fill("#triage textarea", "これから確認します");
            mori.click("#triage button:has-text('Take it')");

            sato.waitForSelector(".history li:has-text('mori took it at 12 accesses')");
            sato.waitForSelector(row + " .triage.taken:has-text('mori')");
            assertThat(sato.textContent(".history .comment")).isEqualTo("これから確認します");
            assertThat(sato.inputValue("#triage textarea")).isEqualTo("Asked the department: ");
            mori.waitForSelector("#empty h2:has-text('No alert matches')");
            picture(mori, "triage-acknowledged");
            mori.focus("#triage select[name=assignee]");
            mori.keyboard().press("ArrowDown");
            mori.selectOption("#triage select[name=assignee]", "sato");
            mori.waitForTimeout(300);
            assertThat(sato.textContent(".triage-state")).contains("mori");
            assertThat(mori.querySelectorAll(".history li")).hasSize(1);
            mori.click("#triage button:text-is('Assign')");
            sato.waitForSelector(".triage-state:has-text('assigned to sato')");
            sato.click("#triage button:text-is('Resolve')");
            sato.waitForSelector("#triage .problem:has-text('resolution: is missing')");
            sato.fill("#triage textarea", HOSTILE);
            sato.selectOption("#triage select[name=resolution]", "authorised");
            sato.click("#triage button:text-is('Resolve')");

            mori.waitForSelector(".triage-state:has-text('Resolved as authorised by sato')");
            assertThat(mori.locator(".history .comment").last().textContent()).isEqualTo(HOSTILE);
            assertThat(mori.evaluate("() => window.ran === undefined")).isEqualTo(true);
            assertThat(mori.querySelectorAll("main img, main svg, main script")).isEmpty();

            servers.raise(sakai(start, events));

            mori.waitForSelector(row + " .triage.new:has-text('6 more since resolved')");
            mori.waitForSelector(".triage-state:has-text('6 more accesses since it was resolved')");
            mori.waitForTimeout(2_700);
            picture(mori, "triage-grown");
            picture(sato, "triage-dark");
            Page aki = akis.newPage();
            aki.navigate(withUsers.address() + "/alerts/" + alert.id());
            aki.waitForSelector(".history li:has-text('sato resolved it as authorised')");
            assertThat(aki.querySelectorAll("#triage button, #triage textarea")).isEmpty();
        }
    }

    @Test
    void decidesAboutSeveralAlertsAtOnceAndTellsWhichItLeft() throws Exception {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            alerts.add(episode("several", Severity.HIGH, "2026-03-%02dT01:00:00Z".formatted(i + 1)));
        }
        Alert resolved = alerts.get(2);
        Alert withdrawn = alerts.get(3);
        try (Console withUsers = consoleOfColleagues();
                BrowserContext moris = context(ColorScheme.LIGHT, withUsers, "mori");
                BrowserContext satos = context(ColorScheme.LIGHT, withUsers, "sato");
                BrowserContext akis = context(ColorScheme.LIGHT, withUsers, "aki")) {
            Page mori = moris.newPage();
            mori.navigate(withUsers.address() + "/alerts?account=several");
            mori.waitForSelector(row(alerts.getFirst()));
            mori.waitForSelector(".live.on");
            mori.focus(row(alerts.getLast()) + " a");
            mori.keyboard().press("x");
            mori.waitForSelector("#chosen:has-text('1 alert chosen')");
            mori.click(
                    row(alerts.getFirst()) + " .choose input",
                    new Page.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
            mori.waitForSelector("#chosen:has-text('12 alerts chosen')");
            assertThat(mori.isChecked("#choose-all")).isTrue();
            mori.click("#chosen button[name=resolve]");
            mori.waitForSelector("#chosen .problem:has-text('resolution: is missing')");

            Page sato = satos.newPage();
            sato.navigate(withUsers.address() + "/alerts");
            assertThat(post(sato, "/api/alerts/" + resolved.id() + "/triage", "confirmed"))
                    .isEqualTo(200);
            servers.raise(withdrawn.withdrawn("HR corrected the report"));
            mori.waitForSelector(row(resolved) + " .triage.resolved");
            mori.waitForSelector(row(withdrawn) + " .state.withdrawn");
            mori.fill("#chosen textarea", "CHG-17 の一斉送信");
            mori.selectOption("#chosen select[name=resolution]", "authorised");
            picture(mori, "alerts-chosen");
            assertThat(mori.locator("#chosen").boundingBox().y).isLessThan(800);
            mori.click("#chosen button[name=resolve]");

            mori.waitForSelector(".outcome:has-text('Resolved 10 alerts as authorised')");
            assertThat(mori.locator(".outcome li").allTextContents())
                    .hasSize(2)
                    .anySatisfy(left ->
                            assertThat(left).contains("sato did something about this alert meanwhile (resolve)"))
                    .anySatisfy(left -> assertThat(left).contains("this alert is withdrawn (HR corrected the report)"));
            picture(mori, "alerts-decided");
            List<TriageAction> actions = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : servers.records(Topic.TRIAGE, "several"::equals)) {
                actions.add(TriageAction.fromJson(record.value()));
            }
            assertThat(actions)
                    .filteredOn(action -> action.actor().equals("mori"))
                    .allSatisfy(action -> assertThat(action.comment()).isEqualTo("CHG-17 の一斉送信"))
                    .extracting(TriageAction::alertId)
                    .containsExactlyInAnyOrderElementsOf(alerts.stream()
                            .filter(alert -> alert != resolved && alert != withdrawn)
                            .map(Alert::id)
                            .toList());
            mori.click(".outcome a >> nth=0");
            mori.waitForSelector("#detail h2");
            sato.setViewportSize(390, 844);
            sato.navigate(withUsers.address() + "/alerts?account=several");
            sato.click(row(alerts.getFirst()) + " .choose input");
            picture(sato, "alerts-chosen-390");
            Page aki = akis.newPage();
            aki.navigate(withUsers.address() + "/alerts?account=several");
            aki.waitForSelector(row(resolved) + " .triage.resolved");
            assertThat(aki.querySelectorAll(".choose, #choose-all:visible")).isEmpty();
            assertThat(post(aki, "/api/alerts/triage", "confirmed")).isEqualTo(403);
        }
    }

    private static Object post(Page page, String path, String resolution) {
        return page.evaluate(
                "([path, resolution]) => fetch(path, { method: 'POST', headers: { 'X-Metsuke-Request': 'test' }, body:"
                        + " JSON.stringify({ action: 'resolve', resolution, comment: 'it happened' }) }).then(answer =>"
                        + " answer.status)",
                List.of(path, resolution));
    }

    @Test
    void showsTheAlertThatIsOpenedFarDownTheList() throws Exception {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            alerts.add(episode("far", Severity.LOW, "2026-02-%02dT05:00:00Z".formatted(i + 1)));
        }
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts?account=far");
            page.click(row(alerts.getFirst()) + " a");
            page.waitForSelector("#detail h2");

            assertThat(page.locator("#detail h2").boundingBox().y).isBetween(46.0, 860.0);
        }
    }

    @Test
    void showsNothingOfTheAlertBeforeWhileTheNextIsRead() throws Exception {
        Alert first = SampleAlerts.bulkRead("pane-1", Severity.HIGH, 500);
        Alert second = SampleAlerts.bulkRead("pane-2", Severity.HIGH, 600);
        servers.raise(first);
        servers.raise(second);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + first.id());
            page.waitForSelector("#triage button[name=acknowledge]");
            page.waitForSelector(row(second));
            List<Route> held = new ArrayList<>();
            page.route("**/api/alerts/" + second.id() + "*", held::add);
            page.click(row(second) + " a");
            page.waitForCondition(() -> !held.isEmpty());

            assertThat(page.querySelectorAll("#triage button")).isEmpty();
            assertThat(page.textContent("#detail")).doesNotContain("pane-1");

            held.forEach(Route::resume);
            page.waitForSelector("#detail h2:has-text('pane-2')");
            page.click("#triage button[name=acknowledge]");
            page.waitForSelector(".history li");
            assertThat(servers.records(Topic.TRIAGE, "pane-1"::equals)).isEmpty();
        }
    }

    @Test
    void keepsWhatIsHalfWrittenAboutAnAlertWhileAnotherIsOpen() throws Exception {
        Alert first = SampleAlerts.bulkRead("draft-1", Severity.HIGH, 500);
        Alert second = SampleAlerts.bulkRead("draft-2", Severity.HIGH, 600);
        servers.raise(first);
        servers.raise(second);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + first.id());
            page.waitForSelector(row(second));
            page.fill("#triage textarea", "asked the depart");
            page.selectOption("#triage select[name=resolution]", "authorised");
            page.click(row(second) + " a");
            page.waitForSelector("#detail h2:has-text('draft-2')");
            assertThat(page.inputValue("#triage textarea")).isEmpty();

            page.click(row(first) + " a");
            page.waitForSelector("#detail h2:has-text('draft-1')");

            assertThat(page.inputValue("#triage textarea")).isEqualTo("asked the depart");
            assertThat(page.inputValue("#triage select[name=resolution]")).isEqualTo("authorised");
        }
    }

    @Test
    void showsWhatCannotBeSeenInALogAndFindsItByTheLinkOfItsAlert() throws Exception {
        String account = "\u202eabc evil";
        List<AccessEvent> events = SampleAlerts.events(account, "unseen", 3, SampleAlerts.START);
        servers.archive(events);
        Alert alert = SampleAlerts.alert(
                Rule.BULK_READ,
                account,
                Severity.HIGH,
                SampleAlerts.START,
                1_500,
                events,
                null,
                null,
                account + " read 1,500 people's records");
        servers.raise(alert);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + alert.id());
            page.waitForSelector(".detail .events .line .sign[title='U+202E']");

            assertThat(page.title()).contains("␣abc evil read");
            assertThat(page.textContent(".detail h2")).startsWith(account);
            assertThat(page.textContent("#zone")).isEqualTo("America/New_York");
            assertThat(page.textContent(".detail .pairs")).contains("2026-03-31 23:00:00");

            page.click("a:has-text('Find all in the archive')");
            page.waitForSelector("#total:has-text('3 accesses')");
            assertThat(page.textContent("tr.event .name")).isEqualTo(account);
            picture(page, "search-unseen");
        }
    }

    @Test
    void returnsToThePlaceInTheListFromAnAlert() throws Exception {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 55; i++) {
            alerts.add(episode("place", Severity.LOW, "2026-02-02T05:%02d:00Z".formatted(i)));
        }
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.setViewportSize(390, 600);
            page.navigate(console.address() + "/alerts?account=place");
            page.waitForSelector(".live.on");
            page.click("#more");
            page.waitForFunction("() => document.querySelectorAll('.alert').length === 55");
            Alert first = alerts.getFirst();
            for (Runnable back : List.<Runnable>of(
                    () -> page.click("#detail .close"), () -> page.keyboard().press("Escape"), page::goBack)) {
                page.click(row(first) + " a");
                page.waitForSelector("#detail h2:has-text('05:00:00')");
                back.run();
                page.waitForURL("**/alerts?account=place");

                page.waitForFunction(
                        "row => document.activeElement.closest('.alert')?.matches(row)",
                        row(first),
                        new Page.WaitForFunctionOptions().setTimeout(5_000));
                PlaywrightAssertions.assertThat(page.locator(row(first))).isInViewport();
                assertThat(page.querySelectorAll(".alert")).hasSize(55);
            }
        }
    }

    @Test
    void printsAnAlertWithAllOfItsEvidence() throws Exception {
        List<AccessEvent> events = SampleAlerts.events("printed", "printed", 20, SampleAlerts.START).stream()
                .map(event -> event.toBuilder()
                        .original("line ".repeat(400) + event.id())
                        .build())
                .toList();
        servers.archive(events);
        Alert alert = SampleAlerts.alert(
                Rule.BULK_READ,
                "printed",
                Severity.HIGH,
                SampleAlerts.START,
                1_500,
                events,
                null,
                null,
                "printed read");
        servers.raise(alert);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + alert.id());
            page.waitForSelector(".detail .events .line");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            for (int width : new int[] {718, 1047}) {
                page.setViewportSize(width, 700);
                pictureWhole(page, "alert-printed-" + width);

                assertThat(page.evaluate("() => [...document.querySelectorAll('#detail, #detail *')].filter(part =>"
                                + " getComputedStyle(part).overflowY !== 'visible' && !part.matches('.unseen') &&"
                                + " part.scrollHeight > part.clientHeight + 1).map(part => part.tagName)"))
                        .as("cut off at %d pixels", width)
                        .isEqualTo(List.of());
                assertThat(page.isVisible(row(alert))).as("the list beside it").isFalse();
                assertThat(page.isVisible("#triage button")).isFalse();
                assertThat(page.isVisible("#zone"))
                        .as("in which zone its times are")
                        .isTrue();
            }
        }
    }

    @Test
    void keepsTheFocusInTheTriageAfterAnAction() throws Exception {
        Alert alert = SampleAlerts.bulkRead("focused", Severity.HIGH, 500);
        servers.raise(alert);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + alert.id());
            page.fill("#triage textarea", "looking");
            page.focus("#triage button[name=comment]");
            page.keyboard().press("Enter");
            page.waitForSelector(".history li:has-text('commented')");
            page.waitForFunction("() => document.activeElement.name === 'comment'");
            page.focus("#triage button[name=acknowledge]");
            page.keyboard().press("Enter");
            page.waitForSelector(".history li:has-text('took it')");
            page.waitForFunction("() => document.activeElement.closest('#triage') !== null");
        }
    }

    @Test
    void saysThatAlertsMayBeBehindWhileKafkaIsAway() throws Exception {
        try (Console apart = console(ConsoleSettings.onPort(0), KafkaSettings.of("127.0.0.1:1"));
                BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(apart.address() + "/alerts");

            page.waitForSelector(".live.waiting:has-text('behind')");
            page.waitForSelector("#notice[role=status]:has-text('Kafka at 127.0.0.1:1')");
            page.waitForTimeout(500);
            assertThat(page.querySelectorAll(".live.on")).isEmpty();
            try (BrowserContext japanese = japanese()) {
                Page same = japanese.newPage();
                same.navigate(apart.address() + "/alerts");
                same.waitForSelector(".live.waiting[title*='Kafka（127.0.0.1:1）']:has-text('遅延')");
                same.waitForSelector("#notice:has-text('最新のアラートが表示されていない可能性があります：Kafka（127.0.0.1:1）')");
            }
        }
    }

    @Test
    void logsInOnAPageAndOutInAllTabs() throws Exception {
        Alert alert = SampleAlerts.bulkRead("behind-the-log-in", Severity.HIGH, 500);
        servers.raise(alert);
        try (Console withUsers = consoleOfColleagues();
                BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(withUsers.address() + "/alerts/" + alert.id() + "?severity=high");
            page.waitForSelector("h1:has-text('Log in')");
            assertThat(page.isVisible("#log-out")).isFalse();
            page.fill("#name", "mori");
            page.fill("#password", "wrong");
            page.click("#log-in button");
            page.waitForSelector("#log-in-problem:has-text('do not belong together')");
            picture(page, "log-in");
            page.fill("#password", "secret");
            page.click("button:has-text('Log in')");
            page.waitForSelector("#detail h2");
            assertThat(page.url()).isEqualTo(withUsers.address() + "/alerts/" + alert.id() + "?severity=high");
            assertThat(page.textContent("#me")).isEqualTo("mori");
            assertThat(String.valueOf(page.evaluate("document.cookie"))).isEmpty();

            Page beside = context.newPage();
            beside.navigate(withUsers.address() + "/approvals");
            beside.waitForSelector("#me:has-text('mori')");
            picture(beside, "logged-in");
            page.navigate(withUsers.address() + "/policy");

            page.click("#log-out");

            page.waitForSelector("#log-in");
            beside.waitForSelector("#log-in");
            page.goBack();
            page.waitForSelector("#log-in");
            assertThat(page.url()).contains("/log-in?to=");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void whatIsHalfWrittenOutlivesTheSession() throws Exception {
        try (Console withUsers = consoleOfColleagues();
                BrowserContext context = context(ColorScheme.LIGHT, withUsers, "mori")) {
            Page page = context.newPage();
            page.navigate(withUsers.address() + "/approvals");
            page.waitForSelector("#me:has-text('mori')");
            page.fill("#account", "sakai");
            context.clearCookies();

            page.click("#approval button[type=submit]");

            page.waitForSelector("#session:has-text('You are no longer logged in')");
            picture(page, "logged-out");
            Page again = context.waitForPage(() -> page.click("#session a"));
            again.fill("#name", "mori");
            again.fill("#password", "secret");
            again.click("#log-in button");
            again.waitForSelector("#me:has-text('mori')");
            PlaywrightAssertions.assertThat(page.locator("#session")).isHidden();
            assertThat(page.inputValue("#account")).isEqualTo("sakai");

            // Another user at the same browser takes the page over.
            again.navigate(withUsers.address() + "/log-in");
            again.fill("#name", "sato");
            again.fill("#password", "secret");
            again.click("#log-in button");
            page.waitForSelector("#me:has-text('sato')");
            assertThat(page.inputValue("#account")).isEmpty();

            // As a browser shows a page that it kept in memory.
            context.clearCookies();
            page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
            page.waitForSelector("#log-in");
        }
    }

    @Test
    void asksForTheLogInInJapanese() throws Exception {
        try (Console withUsers = consoleOfColleagues();
                BrowserContext context = japanese()) {
            Page page = context.newPage();
            page.navigate(withUsers.address() + "/search");
            page.fill("#name", "aki");
            page.fill("#password", "wrong");
            page.click("#log-in button");
            page.waitForSelector("#log-in-problem:has-text('ユーザー名またはパスワードが正しくありません。')");
            seeNoEnglish(page, "log-in");
            picture(page, "log-in-japanese");
        }
    }

    @Test
    void readsNothingThatAnotherSiteLedToBeforeAClick() throws Exception {
        List<AccessEvent> events = SampleAlerts.events("lured", "lured", 1, now.minus(Duration.ofHours(3)));
        servers.archive(events);
        Alert alert =
                SampleAlerts.alert(Rule.BULK_READ, "lured", Severity.HIGH, now, 500, events, null, null, "lured read");
        servers.raise(alert);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            List<String> asked = new ArrayList<>();
            page.onRequest(request -> asked.add(request.url()));

            follow(page, "/search?q=user.id:lured");
            page.waitForSelector("#empty:has-text('Another site led here')");
            assertThat(asked).noneMatch(url -> url.contains("/api/search"));
            page.click("button:has-text('Search')");
            page.waitForSelector("#total:has-text('1 access')");

            follow(page, "/alerts/" + alert.id());
            page.waitForSelector("#detail:has-text('Another site led here')");
            page.waitForSelector("#live.on");
            assertThat(asked).noneMatch(url -> url.contains("/api/alerts/" + alert.id()));
            page.click("button:has-text('Open the alert')");
            page.waitForSelector("#detail h2:has-text('lured read')");
        }
        try (Console withUsers = consoleOfColleagues();
                BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate("data:text/html,<a href='" + withUsers.address() + "/search?q=user.id:lured'>here</a>");
            page.click("a");
            page.fill("#name", "aki");
            page.fill("#password", "secret");
            page.click("#log-in button");
            page.waitForSelector("#empty:has-text('Another site led here')");
        }
    }

    private void follow(Page page, String path) {
        page.navigate("data:text/html,<a href='" + console.address() + path + "'>here</a>");
        page.click("a");
    }

    @Test
    void saysWhyItDoesNotListenForAlerts() {
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.route(
                    "**/api/alerts/live*",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setStatus(429)
                            .setContentType("application/json")
                            .setBody("{\"error\": \"you listen in 20 places already\"}")));
            page.navigate(console.address() + "/alerts");
            page.waitForSelector("#notice:has-text('do not appear by themselves: you listen in 20 places already')");

            page.unroute("**/api/alerts/live*");
            page.waitForSelector("#live.on");
            PlaywrightAssertions.assertThat(page.locator("#notice")).isHidden();
        }
    }

    @Test
    void tabsThatNobodySeesLeaveTheConnectionsToOthers() throws Exception {
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            List<Page> tabs = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Page tab = context.newPage();
                tab.setDefaultNavigationTimeout(8_000);
                tab.navigate(console.address() + "/alerts");
                tab.waitForSelector(".live.on");
                tabs.add(tab);
                if (i < 6) {
                    see(tab, false);
                }
            }
            Alert alert = SampleAlerts.bulkRead("while-hidden", Severity.HIGH, 500);
            servers.raise(alert);
            tabs.getLast().waitForSelector(row(alert));
            Page first = tabs.getFirst();
            assertThat(first.querySelectorAll(row(alert))).isEmpty();

            see(first, true);

            first.waitForSelector(row(alert));
            first.waitForSelector(".live.on");
        }
    }

    @Test
    void recordsEachAccessOnceHoweverOftenItsAlertGrows() throws Exception {
        Instant start = now.minus(Duration.ofMinutes(20));
        List<AccessEvent> events = SampleAlerts.events("grows", "grows", 12, start);
        servers.archive(events);
        Alert small = grows(start, 3_500, events.subList(0, 7));
        servers.raise(small);
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/alerts/" + small.id());
            page.waitForSelector(".live.on");
            page.waitForSelector(".detail .pairs:has-text('3,500 people')");
            servers.raise(grows(start, 6_000, events));
            page.waitForSelector(".detail .pairs:has-text('6,000 people')");
            servers.raise(grows(start, 7_000, events));
            page.waitForSelector(".detail .pairs:has-text('7,000 people')");
            see(page, false);
            see(page, true);
            page.waitForSelector(".live.on");
            page.waitForTimeout(500);

            assertThat(page.querySelectorAll(".detail .events .line")).hasSize(12);
            List<String> readings = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : servers.records(Topic.ACCESS_EVENTS, "local"::equals)) {
                readings.add(AccessEventJson.decode(record.value()).original());
            }
            assertThat(readings)
                    .filteredOn(("console alert " + small.id() + " --account grows")::equals)
                    .hasSize(2);
        }
    }

    @Test
    void showsWholeRowsAtCommonWidths() throws Exception {
        raiseSampleDay();
        try (BrowserContext context = japanese()) {
            Page page = context.newPage();
            for (int width : new int[] {1280, 1024, 390}) {
                showsWholeRows(page, width, "alerts-japanese-");
            }
        }
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            for (int width : new int[] {1280, 1024, 390}) {
                showsWholeRows(page, width, "alerts-");
                assertThat(page.textContent("#summary")).containsPattern("of the newest [\\d,]+ alert");
            }
            page.navigate(console.address() + "/no/such/page");
            page.waitForSelector("nav a:visible");
            picture(page, "problem-390");
            page.click("text=Back to the console");
            page.waitForSelector(".alert");
        }
    }

    private void showsWholeRows(Page page, int width, String pictured) {
        page.setViewportSize(width, 844);
        page.navigate(console.address() + "/alerts");
        page.waitForSelector(".alert");
        page.waitForSelector(".live.on");
        picture(page, pictured + width);

        assertThat(page.evaluate("() => [...document.querySelectorAll('.alert')].flatMap(row => { const edge ="
            + " row.getBoundingClientRect().right; return [...row.querySelectorAll('span, time')].filter(part =>"
            + " part.getBoundingClientRect().right > edge + 1 || part.scrollWidth > part.clientWidth + 1 &&"
            + " getComputedStyle(part).display !== 'inline').map(part => part.textContent); })"))
                .as("cut off at %d pixels", width)
                .isEqualTo(List.of());
        assertThat(page.evaluate("() => [...document.querySelectorAll('.bar a, .bar-end > *')].filter(part =>"
                        + " part.getBoundingClientRect().right > innerWidth || part.getBoundingClientRect().bottom >"
                        + " document.querySelector('.bar').getBoundingClientRect().bottom + 1).map(part =>"
                        + " part.textContent)"))
                .as("cut off in the bar at %d pixels", width)
                .isEqualTo(List.of());
    }

    @Test
    void takesAReportAndAFile() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr")
                .publish(
                        List.of(new DirectoryEntry(new AccountId("known"), "P-1", null, null, null, null, null, null)));
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/report");
            page.click("#report button[type=submit]");
            page.waitForSelector("[data-field=account] .problem:not(:empty)");
            PlaywrightAssertions.assertThat(page.locator("#accounts")).hasAttribute("aria-invalid", "true");
            PlaywrightAssertions.assertThat(page.locator("#accounts")).isFocused();
            page.fill("#accounts", "sato、EXAMPLE\\sato");
            page.click("text=Transferred");
            page.fill("#department", "総務部");
            page.click("#report button[type=submit]");
            page.waitForSelector("#question:has-text('Not in the directory: sato')");
            PlaywrightAssertions.assertThat(page.locator("#question")).isFocused();
            page.keyboard().press("Escape");
            PlaywrightAssertions.assertThat(page.locator("#accounts")).isFocused();
            assertThat(page.textContent("#report-result")).isEmpty();
            page.click("#report button[type=submit]");
            page.click("text=Report all the same");
            page.waitForSelector(".result.good:has-text('sato, EXAMPLE\\\\sato')");
            page.fill("#accounts", "known");
            page.click("text=Retired");
            assertThat(page.textContent("#report-zone")).isEqualTo("America/New_York");
            page.fill("#date", "2026-03-31");
            page.fill("input[name=time]", "09:00");
            page.click("#report button[type=submit]");
            page.waitForSelector(".result.good time[datetime='2026-03-31T13:00:00Z']:has-text('2026-03-31 09:00:00')");
            assertThat(page.isVisible("#question"))
                    .as("a question where there is no doubt")
                    .isFalse();
            correctsAndTakesBack(page);
            Path file = Files.createTempFile(PICTURES.toAbsolutePath(), "statuses", ".csv");
            Files.writeString(
                    file,
                    "account,status,effective_at,note\nkato,retired,2026-03-31,定年退職\nmori,retierd,2026-02-31,\n",
                    java.nio.charset.Charset.forName("windows-31j"));
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview .bad");
            assertThat(page.textContent("#preview")).contains("2 problems", "“retierd”");
            picture(page, "report");
            Files.writeString(file, "account,status,effective_at,note\nkato,retired,2026-03-31,定年退職\n");
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview td:has-text('定年退職')");
            page.waitForSelector("#preview time[datetime='2026-03-31T04:00:00Z']:has-text('2026-03-31 00:00:00')");
            picture(page, "report-note");
            assertThat(page.locator("#preview td:has-text('定年退職')").boundingBox().width)
                    .as("room for a note")
                    .isGreaterThan(120);
            page.focus("#preview .primary");
            page.keyboard().press("Enter");
            page.waitForSelector("#preview .good");
            assertThat(page.textContent("#preview")).contains("Reported 1 status");
            PlaywrightAssertions.assertThat(page.locator("#preview .good")).isFocused();
            Files.delete(file);
            dropsWhatIsNotOneFile(page);
        }
    }

    private static void dropsWhatIsNotOneFile(Page page) {
        page.evaluate("""
            () => {
              const data = new DataTransfer();
              for (const account of ['kato', 'mori', 'sato']) {
                data.items.add(new File(['account,status,effective_at\\n' + account + ',retired,2026-03-31\\n'], account + '.csv'));
              }
              document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
            }\
            """);
        page.waitForSelector("#preview:has-text('Only kato.csv was read'):has-text('2 more files wait') .primary");
        picture(page, "report-dropped");
        // A folder's bytes cannot be read, nor those of a file that is gone; the browser says so when it is asked for
        // them.
        page.evaluate("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File([], 'statuses'));
              const gone = data.files;
              gone[0].arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
              const drop = new DragEvent('drop', { cancelable: true });
              Object.defineProperty(drop, 'dataTransfer', { value: { files: gone } });
              document.getElementById('drop').dispatchEvent(drop);
            }\
            """);
        page.waitForSelector("#preview .bad:has-text('statuses cannot be read')");
    }

    @Test
    void takesOverADirectoryAfterItsChangesAreSeen() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr")
                .publish(List.of(
                        new DirectoryEntry(new AccountId("endo"), "P-61", "遠藤 蓮", null, "営業部", null, "night", null),
                        new DirectoryEntry(new AccountId("desk"), "P-62", "Aoki", null, "窓口", null, null, null)));
        Path file = Files.createTempFile(PICTURES.toAbsolutePath(), "staff", ".csv");
        Files.writeString(
                file,
                "account,person,name,department,contract_end\nendo,P-61,遠藤 蓮,企画部,\ndesk,P-63,Baba,窓口,\n"
                        + "newcomer,P-64,Chiba,営業部,2026-12-31\n");
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/directory");
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview td:has-text('企画部'):has-text('was 営業部')");
            page.waitForSelector("#preview tr:has-text('newcomer'):has-text('new'):has-text('end of 2026-12-31')");
            page.waitForSelector(".notice:has-text('1 account has another holder than before.')"
                    + ":has-text('The file says nothing of their E-mail, Employment, Calendar')");
            picture(page, "directory");
            page.click("#preview button:has-text('Take over 3 changes')");
            page.waitForSelector("#preview .good:has-text('3 accounts of')");
            page.fill("#latest-filter input", "P-6");
            page.click("#latest-filter button");
            page.waitForSelector("#latest tr:has-text('endo'):has-text('企画部'):has-text('night')");
            page.waitForSelector("#latest-total:has-text('3 of 3')");
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview:has-text('Nothing changes: the directory has all of it.')");
            assertThat(page.isVisible("#preview button")).isFalse();
            page.setViewportSize(390, 844);
            picture(page, "directory-390");
            page.click("[aria-label='Report about endo']");
            page.waitForURL("**/report?person=P-61");
            assertThat(page.inputValue("#person")).isEqualTo("P-61");
            assertThat(page.inputValue("#accounts")).isEmpty();
        }
        try (BrowserContext context = japanese()) {
            Page page = context.newPage();
            page.navigate(console.address() + "/directory");
            page.fill("#latest-filter input", "baba");
            page.click("#latest-filter button");
            page.waitForSelector("#latest-total:has-text('1件中1件')");
            Files.writeString(file, "アカウント,部署\nendo,総務部\n");
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview td:has-text('変更前：企画部')");
            page.waitForSelector(".notice:has-text('ファイルに社員番号、氏名')");
            pictureWhole(page, "directory-japanese");
            seeNoEnglish(page, "directory");
        }
        Files.delete(file);
    }

    @Test
    void takesAReportInJapanese() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr")
                .publish(List.of(
                        new DirectoryEntry(new AccountId("hayashi"), "P-2", null, null, null, null, null, null)));
        try (BrowserContext context = japanese()) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(console.address() + "/report");
            page.waitForSelector("nav a[aria-current]:has-text('退職・異動等の報告')");
            assertThat(page.getAttribute("html", "lang")).isEqualTo("ja");
            page.click("#report button[type=submit]");
            page.waitForSelector("[data-field=account] .problem:has-text('入力されていません。')");
            page.fill("#accounts", "hayasi");
            page.click("#report button[type=submit]");
            page.waitForSelector("#question:has-text('台帳にないアカウント：hayasi（hayashiの誤りではありませんか）')");
            page.click("#question button:has-text('入力に戻る')");
            page.fill("#accounts", "hayashi");
            page.click("#report label:has-text('退職')");
            page.fill("#date", "2026-03-31");
            page.fill("input[name=time]", "09:00");
            page.click("#report button[type=submit]");
            page.waitForSelector("#report-result.good:has-text('報告しました：hayashi、2026年3月31日 9:00から退職')");
            showLatestOf(page, "hayashi", "1件中1件");
            page.click("[aria-label^='hayashiの報告を訂正する']");
            page.waitForSelector("#correcting:has-text('hayashi、2026年3月31日 9:00から退職。')");
            assertThat(page.inputValue("#date")).isEqualTo("2026-03-31");
            assertThat(page.inputValue("input[name=time]")).isEqualTo("09:00");
            page.click("#correcting button");
            page.click("[aria-label^='hayashiの報告を取り消す']");
            page.waitForSelector("#question:has-text('この報告を取り消しますか。')");
            Path file = Files.createTempFile(PICTURES.toAbsolutePath(), "taishoku", ".csv");
            Files.writeString(file, "アカウント,状態,発効日,氏名\nhayashi,退色,2026年2月31日,林\n");
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview td:has-text('「2026年2月31日」という日はありません。')");
            assertThat(page.locator("#preview td").allTextContents())
                    .contains("氏名", "この列は使用できません。使用できる列：アカウント、状態、発効日、報告日、部署、備考、報告番号");
            Files.delete(file);
            pictureWhole(page, "report-japanese");
            seeNoEnglish(page, "report");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void approvesExportsAfterAQuestionAndTakesThemBack() throws Exception {
        new DirectoryEntries(new SerialWriter(servers.kafka()), "hr")
                .publish(List.of(
                        new DirectoryEntry(new AccountId("sakamoto"), "P-3", null, null, null, null, null, null)));
        servers.archive(SampleAlerts.events("sakamoto", "sakamoto", 1, SampleAlerts.START));
        try (Console withUsers = consoleOfColleagues();
                BrowserContext moris = context(ColorScheme.LIGHT, withUsers, "mori");
                BrowserContext akis = context(ColorScheme.LIGHT, withUsers, "aki")) {
            Page page = moris.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(withUsers.address() + "/approvals");
            page.waitForSelector("nav a[aria-current]:has-text('Approved exports')");
            page.click("#approval button[type=submit]");
            page.waitForSelector("[data-field=account] .problem:has-text('is missing')");
            page.waitForSelector("[data-field=until] .problem:has-text('is missing')");
            PlaywrightAssertions.assertThat(page.locator("#account")).isFocused();
            LocalDate today = LocalDate.parse(page.inputValue("#from"));
            page.fill("#account", "Sakamoto");
            page.fill("#dataset", "CRM.customers");
            page.fill("#until", today.plusDays(2).toString());
            page.fill("#people", "200");
            page.fill("#ticket", "CHG-31");
            page.fill("#note", "夏のお便り");
            page.click("#approval button[type=submit]");
            page.waitForSelector("#question:has-text('Not in the directory: Sakamoto (is sakamoto meant?)')");
            page.waitForSelector("#question:has-text('CRM.customers (is crm.customers meant?)')");
            page.waitForSelector("#question dd:has-text('end of " + today.plusDays(2) + "')");
            PlaywrightAssertions.assertThat(page.locator("#question")).isFocused();
            assertThat(servers.records(Topic.EXPORT_APPROVALS, "Sakamoto"::equals))
                    .isEmpty();
            picture(page, "approvals-question");
            page.keyboard().press("Escape");
            PlaywrightAssertions.assertThat(page.locator("#account")).isFocused();
            approve(page, "sakamoto", "crm.customers", "Approve this?");
            page.waitForSelector("#approval .result.good:has-text('Approved: sakamoto may take 200 people’s data')");

            page.fill("#latest-filter input[name=account]", "sakamoto");
            page.selectOption("#latest-filter select", "current");
            page.waitForSelector("#latest-total:has-text('1 of 1')");
            page.waitForSelector("#latest td:has-text('holds now')");
            assertThat(page.getAttribute("#latest a", "href"))
                    .isEqualTo("/alerts?account=sakamoto&state=approved&from=" + today + "&to=" + today.plusDays(2));
            page.click("[aria-label^='Change the approval of sakamoto']");
            assertThat(page.inputValue("#until")).isEqualTo(today.plusDays(2).toString());
            assertThat(page.inputValue("input[name=until-time]")).isEmpty();
            page.fill("#people", "300");
            page.click("#approval button[type=submit]");
            page.waitForSelector(
                    "#question:has-text('Changes or takes back what was approved before: sakamoto may take 200')");
            page.click("#question .primary");
            page.waitForSelector("#latest td:has-text('300')");
            page.click("[aria-label^='Change the approval of sakamoto']");
            page.fill("#people", "0");
            page.click("#approval button[type=submit]");
            page.waitForSelector("#question:has-text('Take this approval back?') button:has-text('Take back')");
            page.keyboard().press("Escape");
            page.click("[aria-label^='Take back the approval of sakamoto']");
            page.waitForSelector("#question:has-text('Take this approval back?')");
            page.click("#question .primary");
            page.waitForSelector("#approval .result.good:has-text('Taken back: sakamoto, crm.customers, CHG-31')");
            page.waitForSelector("#latest:has-text('No approval matches.')");
            page.selectOption("#latest-filter select", "");
            page.waitForSelector("#latest td:has-text('taken back'):has-text('mori')");
            assertThat(page.querySelectorAll("#latest button:visible")).isEmpty();

            page.fill("#people", "200");
            page.fill("#note", "夏のお便り");
            approve(page, "sakamoto", "crm.customers", "approved before in the same words");
            uploadsApprovals(page, today);
            pictureAt(page, "approvals", 1280, 800);
            Page aki = akis.newPage();
            aki.navigate(withUsers.address() + "/approvals");
            aki.waitForSelector("#latest td:has-text('sakamoto')");
            assertThat(aki.querySelectorAll("#approval:visible, #drop:visible, #latest button:visible"))
                    .as("what an auditor may not do")
                    .isEmpty();
            assertThat(aki.querySelectorAll("#latest a:visible")).isNotEmpty();
            aki.click("#latest a");
            aki.waitForURL("**/alerts?*");
            aki.waitForSelector("#empty h2:has-text('No alert matches')");
            assertThat(aki.inputValue("select[name=state]")).isEqualTo("approved");
            assertThat(errors).isEmpty();
        }
    }

    private static void approve(Page page, String account, String dataset, String question) {
        page.fill("#account", account);
        page.fill("#dataset", dataset);
        page.click("#approval button[type=submit]");
        page.waitForSelector("#question:has-text('" + question + "')");
        page.click("#question .primary");
        page.waitForSelector("#approval .result.good:has-text('" + account + "')");
    }

    private static void uploadsApprovals(Page page, LocalDate today) throws IOException {
        Path file = Files.createTempFile(PICTURES.toAbsolutePath(), "approvals", ".csv");
        String columns = "account,dataset,from,until,max_records,ticket\n";
        Files.writeString(file, columns + "sakamoto,crm.customers,2026-02-31,2026-03-05,many,CHG-32\n");
        page.setInputFiles("#file", file);
        page.waitForSelector("#preview .bad:has-text('2 problems'):has-text('nothing was approved')");
        Files.writeString(
                file,
                columns + "sakamoto,crm.customers," + today.plusDays(7) + "," + today.plusDays(8) + " 18:00,50,CHG-32\n"
                        + "sakamato,crm.customers,2026-03-01,2026-03-05,60,CHG-33\n");
        page.setInputFiles("#file", file);
        page.waitForSelector("#preview:has-text('Over already: sakamato, until end of 2026-03-05')");
        page.waitForSelector("#preview:has-text('Not in the directory: sakamato')");
        page.click("#preview .primary");
        page.waitForSelector("#preview .good:has-text('2 rows'):has-text('2 change something')");
        page.fill("#latest-filter input[name=account]", "");
        page.selectOption("#latest-filter select", "upcoming");
        page.waitForSelector("#latest td:has-text('CHG-32')");
        page.selectOption("#latest-filter select", "");
        page.waitForSelector("#latest td:has-text('CHG-33')");
        Files.delete(file);
    }

    @Test
    void approvesAnExportInJapanese() throws Exception {
        try (BrowserContext context =
                chromium.newContext(options(ColorScheme.LIGHT).setLocale("ja-JP"))) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(console.address() + "/approvals");
            page.waitForSelector("nav a[aria-current]:has-text('持ち出しの事前承認')");
            page.click("#approval button[type=submit]");
            page.waitForSelector("[data-field=account] .problem:has-text('入力されていません。')");
            page.fill("#account", "nagai");
            page.fill("#dataset", "crm.nagai");
            page.fill("#from", "2026-03-01");
            page.fill("#until", "2026-04-02");
            page.fill("#people", "２００人");
            page.fill("#ticket", "CHG-41");
            page.click("#approval button[type=submit]");
            page.waitForSelector("[data-field=until] .problem:has-text('1件の承認は最長31日です。')");
            page.waitForSelector("[data-field=max_records] .problem:has-text('「２００人」は件数として読み取れません。')");
            page.fill("#until", "2026-03-31");
            page.fill("#people", "0");
            page.click("#approval button[type=submit]");
            page.waitForSelector("[data-field=max_records] .problem:has-text('0は承認の取り消しを表します。')");
            page.fill("#people", "２００");
            page.click("#approval button[type=submit]");
            page.waitForSelector("#question:has-text('期間がすでに終わっています：nagai、2026年3月31日いっぱいまで')");
            picture(page, "approvals-question-japanese");
            page.click("#question button:has-text('承認する')");
            page.waitForSelector("#approval .result.good:has-text('承認しました：nagai、crm.nagai、2026年3月1日"
                    + " 0:00から2026年3月31日いっぱいまで、最大200人分（申請番号CHG-41）')");
            page.fill("#latest-filter input[name=ticket]", "CHG-41");
            page.click("#latest-filter button");
            page.waitForSelector("#latest-total:has-text('1件中1件')");
            page.waitForSelector("#latest td:has-text('終了')");
            page.click("[aria-label^='nagaiの承認を取り消す']");
            page.waitForSelector("#question:has-text('この承認を取り消しますか。')");
            page.click("#question button:has-text('取り消す')");
            page.waitForSelector("#latest td:has-text('取り消し済み')");
            Path file = Files.createTempFile(PICTURES.toAbsolutePath(), "shonin", ".csv");
            Files.writeString(file, "アカウント,データセット,開始日,終了日,最大件数,申請番号\nnagai,crm.nagai,2026年4月1日,2026年3月1日,1,CHG-42\n");
            page.setInputFiles("#file", file);
            page.waitForSelector("#preview td:has-text('開始日より後を指定してください。')");
            Files.delete(file);
            pictureAt(page, "approvals-japanese", 1280, 800);
            assertThat(page.innerText("body"))
                    .as("English words on the page, but for names")
                    .doesNotContainPattern("\\b(is|of|the|and|approved|approval|line|more|take|change|alert)\\b");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void showsThePolicyInForceAndWhatChangedSinceAnother() throws Exception {
        String rules =
                "policy:\n  version: \"2026-04\"\n  bulk-read:\n    people: {10m: 300, 1h: 800, 24h: 2000, 30d: 8000}\n"
                        + "    datasets:\n" + "      crm.customers: {people: {10m: 200}}\n".repeat(9)
                        + "  off-hours:\n    calendars:\n      office: {holidays: JP, zone: Asia/Tokyo}\n";
        PublishedPolicy first =
                new PublishedPolicy("e-1", "2026-04", rules, Instant.parse("2026-04-01T00:00:00Z"), "mori", null);
        PublishedPolicy second = new PublishedPolicy(
                "e-2",
                "2026-05",
                rules.replace("2026-04", "2026-05").replace("30d: 8000", "30d: 6000"),
                Instant.parse("2026-05-01T00:00:00Z"),
                "mori",
                "CHG-51 <b>30d</b>");
        servers.publish(first);
        servers.publish(second);
        try (BrowserContext english = context(ColorScheme.LIGHT);
                BrowserContext japanese =
                        chromium.newContext(options(ColorScheme.DARK).setLocale("ja-JP"))) {
            Page page = english.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(console.address() + "/policy");
            page.waitForSelector("nav a[aria-current]:has-text('Policy')");
            page.waitForSelector("#version:has-text('Version 2026-05')");
            page.waitForSelector("#standing:has-text('in force')");
            page.waitForSelector("#about dd:has-text('CHG-51 <b>30d</b>')");
            page.waitForSelector("#changes:has-text('2 lines added, 2 lines removed')");
            page.waitForSelector("#text .added code:has-text('30d: 6000')");
            page.waitForSelector("#text .removed code:has-text('30d: 8000')");
            page.waitForSelector("#text summary:has-text('10 lines unchanged')");
            assertThat(page.inputValue("#against")).isEqualTo("2026-04");
            pictureAt(page, "policy", 1280, 500);
            page.selectOption("#against", "");
            page.waitForSelector("#text:not(:has(.added))");
            assertThat(page.locator("#text code").allTextContents())
                    .containsExactlyElementsOf(second.yaml().lines().toList());
            assertThat(page.url()).endsWith("/policy?version=2026-05&against=");
            page.reload();
            page.waitForSelector("#text:has(code)");
            assertThat(page.inputValue("#against")).isEmpty();
            page.click("#versions a:has-text('2026-04')");
            page.waitForSelector("#version:has-text('Version 2026-04')");
            assertThat(page.locator("#standing").textContent()).isEmpty();
            assertThat(page.inputValue("#against")).isEmpty();
            page.navigate(console.address() + "/policy?version=sha256:12");
            page.waitForSelector("#notice:has-text('no policy sha256:12 was published')");
            page.waitForSelector("#versions td:has-text('2026-05'):has-text('in force')");

            Page ja = japanese.newPage();
            ja.onPageError(errors::add);
            ja.navigate(console.address() + "/policy");
            ja.waitForSelector("#changes:has-text('追加2行、削除2行')");
            ja.waitForSelector("#text summary:has-text('変更のない10行')");
            pictureAt(ja, "policy-japanese", 1280);
            seeNoEnglish(ja, "policy");
            assertThat(errors).isEmpty();
        } finally {
            servers.withdraw(first);
            servers.withdraw(second);
        }
    }

    /** All of the page, and nothing of it beyond its width. */
    private static void pictureAt(Page page, String name, int... widths) {
        for (int width : widths) {
            page.setViewportSize(width, 900);
            pictureWhole(page, name + "-" + width);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
                    .as("width at %d pixels", width)
                    .isEqualTo(width);
        }
    }

    private void correctsAndTakesBack(Page page) throws IOException {
        showLatestOf(page, "known", "1 of 1");
        page.click("[aria-label='Correct the report about known: retired, 2026-03-31']");
        PlaywrightAssertions.assertThat(page.locator("#date")).isFocused();
        assertThat(page.inputValue("input[name=time]")).isEqualTo("09:00");
        page.fill("#date", "2026-04-01");
        page.click("#report button[type=submit]");
        page.waitForSelector(".result.good:has-text('Corrected: known') time[datetime='2026-04-01T13:00:00Z']");
        showLatestOf(page, "known", "2 of 2");
        assertThat(page.locator("#latest td:has-text('replaced since')").count())
                .isEqualTo(1);
        page.click("[aria-label^='Take back the report about known']");
        page.click("#question .primary");
        page.waitForSelector(".result.good:has-text('Taken back: known retired from 2026-04-01 09:00:00')");
    }

    private void showLatestOf(Page page, String account, String total) throws IOException {
        servers.archiveReports(account::equals);
        page.fill("#latest-account", account);
        page.click("#latest-filter button");
        page.waitForSelector("#latest-total:has-text('" + total + "')");
    }

    @Test
    void searchesAndSaysWhatToDoWithoutAQuery() throws Exception {
        servers.archive(SampleAlerts.events("searched", "searched", 60, now.minus(Duration.ofHours(3))));
        servers.archive(SampleAlerts.events("zoned", "zoned", 1, Instant.parse("2026-03-31T13:00:30Z")));
        try (BrowserContext context = context(ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(console.address() + "/search");
            page.waitForSelector(".examples");
            picture(page, "search-empty");
            page.fill("input[name=q]", "metsuke.records:>100");
            page.fill("input[name=account]", "searched");
            page.keyboard().press("Enter");
            page.waitForSelector("#total:has-text('60 accesses')");
            picture(page, "search");
            page.fill("input[name=account]", "typed meanwhile");
            page.click("#more");
            page.waitForFunction("() => document.querySelectorAll('tr.event').length === 60");
            page.fill("input[name=q]", "*");
            page.fill("input[name=from]", "2026-03-31 09:00");
            page.fill("input[name=to]", "2026-03-31 09:01");
            page.fill("input[name=account]", "zoned");
            page.keyboard().press("Enter");
            page.waitForSelector("#total:has-text('1 access')");
            assertThat(page.textContent("tr.event time")).isEqualTo("2026-03-31 09:00:30");
            assertThat(page.textContent("#times")).contains("those of America/New_York");
            picture(page, "search-zone");
            page.fill("input[name=q]", "(broken");
            page.keyboard().press("Enter");
            page.waitForSelector("#notice:has-text('cannot be understood')");
        }
    }

    @Test
    void searchesInJapanese() throws Exception {
        servers.archive(SampleAlerts.events("kensaku", "kensaku", 60, now.minus(Duration.ofHours(3))));
        servers.archive(List.of(
                SampleAlerts.events("nitiji", "nitiji", 1, Instant.parse("2026-03-31T13:00:30Z")).getFirst().toBuilder()
                        .action(Action.COPY_TO_MEDIA)
                        .outcome(Outcome.FAILURE)
                        .records(null)
                        .build()));
        try (BrowserContext context =
                chromium.newContext(options(ColorScheme.LIGHT).setLocale("ja-JP"))) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(console.address() + "/search");
            page.waitForSelector("nav a[aria-current]:has-text('アーカイブの検索')");
            page.waitForSelector(".examples li:has-text('event.outcome:failure AND event.action:login 失敗したログイン')");
            assertThat(page.textContent("#times")).contains("America/New_Yorkの日時");
            seeNoEnglish(page, "page");
            pictureWhole(page, "search-japanese-empty");
            page.fill("input[name=account]", "kensaku");
            page.keyboard().press("Enter");
            page.waitForSelector("#total:has-text('kensakuのアクセス60件')");
            page.click("#more:has-text('さらに表示')");
            page.waitForFunction("() => document.querySelectorAll('tr.event').length === 60");
            page.fill("input[name=account]", "nitiji");
            page.fill("input[name=from]", "2026年3月31日 9:00");
            page.keyboard().press("Enter");
            page.waitForSelector("#total:has-text('nitijiのアクセス1件')");
            assertThat(page.textContent("tr.event time")).isEqualTo("2026年3月31日 9:00:30");
            assertThat(page.locator("tr.event td").allInnerTexts()).contains("外部媒体へのコピー copy-to-media", "不明");
            page.click("[aria-label='このアクセスのすべてのフィールド']");
            page.waitForSelector("tr.fields dd:has-text('失敗 failure')");
            pictureWhole(page, "search-japanese");
            page.fill("input[name=q]", "user.id:nobody");
            page.keyboard().press("Enter");
            page.waitForSelector("#empty:has-text('見つかりませんでした')");
            pictureWhole(page, "search-japanese-nothing");
            follow(page, "/search?q=user.id:nitiji");
            page.waitForSelector("#empty:has-text('別のサイトから移動してきました')");
            seeNoEnglish(page, "led here");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void saysInJapaneseWhatIsWrongWithAQuery() throws Exception {
        servers.archive(SampleAlerts.events("ayamari", "ayamari", 1, now.minus(Duration.ofHours(3))));
        try (BrowserContext context =
                chromium.newContext(options(ColorScheme.LIGHT).setLocale("ja-JP"))) {
            Page page = context.newPage();
            page.navigate(console.address() + "/search");
            page.waitForSelector(".examples");
            page.fill("input[name=to]", "2026-02-31");
            page.keyboard().press("Enter");
            page.waitForSelector("#notice:has-text('検索できません。終了日：「2026-02-31」という日はありません。')");
            page.fill("input[name=to]", "");
            for (Map.Entry<String, String> mistake : Map.of(
                            "(broken", "1文字目の括弧が閉じられていないか、",
                            "user.ide:sato", "名前の近いフィールドは user.id です。",
                            "metsuke.records:many", "metsuke.records（long）：「many」は、",
                            "@timestamp:yesterday", "@timestamp（date）：「yesterday」は日時として読み取れません。",
                            "user.id:[1", "9文字目からの範囲の指定が途中で終わっています。",
                            "*batch", "先頭の文字から入力してください。",
                            "user.id:a:b", "10文字目に「:」を置くことはできません。")
                    .entrySet()) {
                page.fill("input[name=q]", mistake.getKey());
                page.keyboard().press("Enter");
                page.waitForSelector("#notice:has-text('検索できません。'):has-text('" + mistake.getValue() + "')");
                seeNoEnglish(page, mistake.getKey());
            }
            page.fill("input[name=q]", "x".repeat(4_001));
            page.keyboard().press("Enter");
            page.waitForSelector("#notice:has-text('検索式が4,001文字あります。')");
            page.fill("input[name=q]", "長".repeat(1_000));
            page.keyboard().press("Enter");
            page.waitForSelector("#notice:has-text('検索式が長すぎます。')");
        }
    }

    private static void seeNoEnglish(Page page, String where) {
        assertThat(page.innerText("body"))
                .as("English words on the page, but for names: %s", where)
                .doesNotContainPattern("\\b(is|of|the|from|and|report|retired|reinstated|line|more|whole|that|not)\\b");
    }

    private Alert yoshida(Instant start, long records, List<AccessEvent> evidence) {
        return SampleAlerts.alert(
                Rule.BULK_READ,
                "yoshida",
                Severity.CRITICAL,
                start,
                records,
                evidence,
                "吉田 美咲",
                "カスタマーサポート部",
                "yoshida read %,d people of crm.customers within 10 minutes; 300 are allowed".formatted(records));
    }

    private void raiseSampleDay() throws Exception {
        servers.raise(SampleAlerts.alert(
                Rule.OFF_HOURS_EXPORT,
                "tanabe",
                Severity.HIGH,
                now.minus(Duration.ofHours(9)),
                0,
                List.of(),
                "田辺 健",
                "営業部",
                "tanabe exported from db.members at 23:41, outside Mon–Fri 08:00–20:00"));
        servers.raise(SampleAlerts.alert(
                Rule.REVOKED_ACCOUNT,
                "ishii",
                Severity.HIGH,
                now.minus(Duration.ofHours(5)),
                42,
                List.of(),
                "石井 誠",
                "物流部",
                "ishii, retired since 31 March, logged in and read portal.contacts 3 times"));
        servers.raise(SampleAlerts.alert(
                        Rule.BULK_READ,
                        "batch-report",
                        Severity.MEDIUM,
                        now.minus(Duration.ofHours(4)),
                        1_200,
                        List.of(),
                        null,
                        null,
                        "batch-report read 1,200 people of portal.contacts within an hour; 1,000 are allowed")
                .closed());
        servers.raise(SampleAlerts.alert(
                        Rule.REVOKED_ACCOUNT,
                        "kimura",
                        Severity.MEDIUM,
                        now.minus(Duration.ofHours(3)),
                        5,
                        List.of(),
                        "木村 翔",
                        "経理部",
                        "kimura, suspended since 09:00, read crm.customers")
                .withdrawn("HR corrected the report: the suspension begins tomorrow"));
        servers.raise(SampleAlerts.alert(
                Rule.OFF_HOURS_EXPORT,
                "ip:203.0.113.77",
                Severity.LOW,
                now.minus(Duration.ofHours(2)),
                12,
                List.of(),
                null,
                null,
                "An unknown account at 203.0.113.77 downloaded portal.contacts at 05:12"));
    }

    private static Alert sakai(Instant start, List<AccessEvent> evidence) {
        return SampleAlerts.alert(
                Rule.BULK_READ,
                "sakai",
                Severity.HIGH,
                start,
                500L * evidence.size(),
                evidence,
                "酒井 拓也",
                "営業部",
                "sakai read %,d people of crm.customers within 10 minutes; 300 are allowed"
                        .formatted(500 * evidence.size()));
    }

    private static ConsoleUser user(String name, Role role) {
        return new ConsoleUser(name, TriageIT.SECRET, List.of(role));
    }

    private Alert grows(Instant start, long records, List<AccessEvent> evidence) {
        return SampleAlerts.alert(
                Rule.BULK_READ, "grows", Severity.HIGH, start, records, evidence, null, null, "grows read much");
    }

    private static String row(Alert alert) {
        return "li[data-id='" + alert.id() + "']";
    }

    /** Tabs of a browser without a screen are all seen, by their own word. */
    private static void see(Page page, boolean seen) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                !seen);
    }

    /** To which two officers and an auditor log in. */
    private Console consoleOfColleagues() throws IOException {
        return console(new ConsoleSettings(
                "127.0.0.1",
                0,
                null,
                List.of(),
                null,
                null,
                PageLanguage.AUTO,
                List.of(user("mori", Role.OFFICER), user("sato", Role.OFFICER), user("aki", Role.AUDITOR)),
                SessionSettings.DEFAULTS,
                100,
                Duration.ofSeconds(15),
                ReadingSettings.UNCHAINED,
                ScimSettings.DEFAULTS));
    }

    private Console console(ConsoleSettings settings) throws IOException {
        return console(settings, servers.kafka());
    }

    private Console console(ConsoleSettings settings, KafkaSettings kafka) throws IOException {
        return Consoles.started(settings, kafka, servers.elasticsearch(), metrics);
    }

    private BrowserContext context(ColorScheme scheme) {
        return chromium.newContext(options(scheme));
    }

    private BrowserContext japanese() {
        return chromium.newContext(options(ColorScheme.LIGHT).setLocale("ja-JP"));
    }

    /** Of somebody who is logged in. */
    private BrowserContext context(ColorScheme scheme, Console console, String user) {
        BrowserContext context = context(scheme);
        APIResponse answer = context.request()
                .post(
                        console.address() + "/api/log-in",
                        RequestOptions.create()
                                .setHeader(RequestGuard.HEADER, "1")
                                .setData(Map.of("name", user, "password", "secret")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return context;
    }

    /** Nothing on the pages moves by itself: without a graphics card that keeps a core busy. */
    private static com.microsoft.playwright.Browser.NewContextOptions options(ColorScheme scheme) {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1360, 860)
                .setTimezoneId("Asia/Tokyo")
                .setLocale("en-GB");
    }

    private static void pictureWhole(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}

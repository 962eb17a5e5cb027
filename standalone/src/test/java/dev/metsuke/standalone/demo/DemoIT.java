package dev.metsuke.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.standalone.terminal.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo as a person sees it: once through on real servers, then in the terminal, over HTTP, in a browser. */
class DemoIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOT = Path.of("target", "console-alerts.png");

    private static final ByteArrayOutputStream TERMINAL = new ByteArrayOutputStream();
    private static Demo demo;
    private static DemoSummary summary;

    @BeforeAll
    static void runOnce() throws IOException, WriteFailedException, InterruptedException {
        demo = Demo.start(new Progress(new PrintStream(TERMINAL, true, StandardCharsets.UTF_8)));
        demo.play();
        summary = demo.settle();
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void theNumbersAddUp() {
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.read()).isGreaterThan(1_000);
        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(summary.archivedEvents()).isEqualTo(summary.shipped());
    }

    @Test
    void showsOneReadableLineForEachAlertAsItCame() {
        String terminal = TERMINAL.toString(StandardCharsets.UTF_8);

        assertThat(terminal)
                .containsOnlyOnce("off-hours-export tanaka")
                .containsOnlyOnce("off-hours-export kato")
                .containsOnlyOnce("revoked-account  sato")
                .containsOnlyOnce("revoked-account  suzuki")
                // 35 times 500, and what the same account read otherwise in those minutes.
                .containsPattern("bulk-read +yamada .* read 17,5\\d\\d people's records of crm.customers");
    }

    @Test
    void everyPartAnswersForItself() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> live = get(http, "/live");
            HttpResponse<String> ready = get(http, "/ready");
            HttpResponse<String> metrics = get(http, "/metrics");

            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("ship running", "detect running", "archive running", "console running");
            assertThat(metrics.body())
                    .contains(
                            "metsuke_ship_lines",
                            "metsuke_detect_alerts",
                            "metsuke_archive_indexed",
                            "metsuke_console");
        }
    }

    @Test
    void theConsoleShowsTheAlerts() throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM), "SKIPPED: no Chromium at " + CHROMIUM);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(
                                        List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")))) {
            Page page = browser.newPage(
                    new Browser.NewPageOptions().setViewportSize(1280, 800).setTimezoneId("Asia/Tokyo"));

            page.navigate(demo.consoleAddress() + "/alerts");

            for (String account : List.of("yamada", "sato", "suzuki", "tanaka", "kato")) {
                PlaywrightAssertions.assertThat(page.locator("main")).containsText(account);
            }
            PlaywrightAssertions.assertThat(page.locator("main")).containsText("read 17,5");
            page.locator("li", new Page.LocatorOptions().setHasText("yamada"))
                    .locator("a")
                    .click();
            PlaywrightAssertions.assertThat(page.locator(".detail .events"))
                    .containsText("select id, name, email, phone from customers");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOT));
        }
        assertThat(SCREENSHOT).isNotEmptyFile();
    }

    private static HttpResponse<String> get(HttpClient http, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(demo.consoleAddress() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

package dev.metsuke.standalone.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.approval.ApprovalsCsv;
import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.status.StatusCsv;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.trial.Trial;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.simulation.Simulation;
import dev.metsuke.simulation.company.Scale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a simulated company: in how many partitions a policy is tried changes nothing that is found. */
class BacktestRunTest {

    @TempDir
    private static Path folder = Path.of("");

    private final Policy policy =
            SettingsFile.load(folder.resolve("policy.yml")).section("policy", Policy.class);
    private final PastEvents events = EventFiles.ndjson(List.of(folder.resolve("events.ndjson")));
    private final Circumstances circumstances = circumstances(policy.zone());

    @BeforeAll
    static void simulate() throws IOException {
        Scale scale = new Scale(100, 40, 5, Scale.USUAL_FROM);
        long written = Simulation.of(scale).write(folder);
        assertThat(written).isGreaterThan(10_000);
    }

    @Test
    void findsWhatOnePartitionFinds() throws IOException {
        List<Alert> expected = inOnePartition();
        assertThat(expected).hasSizeGreaterThan(10).extracting(Alert::rule).contains(Rule.values());
        assertThat(expected)
                .as("judged by what all partitions know of a department")
                .anyMatch(alert -> "department".equals(alert.settings().get("bulk-read.yardstick")));

        BacktestRun run = BacktestRun.of(policy, events, circumstances, _ -> {}, BacktestRunTest::refuse);

        assertThat(inTheEnd(run.alerts())).isEqualTo(inTheEnd(expected));
        assertThat(run.alerts()).extracting(Alert::state).doesNotContain(AlertState.OPEN);
    }

    @Test
    void tellsTheSameEachTimeAndInTheOrderOfTime() throws IOException {
        List<Told> once = new ArrayList<>();
        List<Told> again = new ArrayList<>();

        BacktestRun.of(policy, events, circumstances, once::add, BacktestRunTest::refuse);
        BacktestRun.of(policy, events, circumstances, again::add, BacktestRunTest::refuse);

        assertThat(once).isSortedAccordingTo(Comparator.comparing(Told::at));
        assertThat(texts(again)).hasSizeGreaterThan(10).isEqualTo(texts(once));
    }

    private List<Alert> inOnePartition() throws IOException {
        Map<String, Alert> latest = new LinkedHashMap<>();
        List<Arrival> arrivals = new ArrayList<>();
        events.read(
                event -> arrivals.add(new Arrival(PastEvents.arrival(event), new Arrival.Accessed(event))), reason -> {
                    throw new AssertionError(reason);
                });
        Instant first = arrivals.getFirst().at();
        List<Arrival> known = circumstances.inOrder(first);
        Instant start = known.getFirst().at().isBefore(first) ? known.getFirst().at() : first;
        arrivals.addAll(0, known);
        arrivals.sort(Comparator.comparing(Arrival::at));
        circumstances.directory().forEach(entry -> arrivals.addFirst(new Arrival(start, new Arrival.Listed(entry))));
        BacktestPartition all =
                new BacktestPartition(new Trial(policy, new SimpleMeterRegistry(), start, Backtest.INTERVALS), start);
        Instant end = arrivals.getLast().at();
        Stream.of(all.judge(arrivals, end), all.rest(end.plus(policy.horizon())))
                .flatMap(outcome -> outcome.told().stream())
                .forEach(told -> latest.put(told.alert().id(), told.alert()));
        return List.copyOf(latest.values());
    }

    /** What was withdrawn says what was told last, and how soon that was is another matter. */
    private static List<String> inTheEnd(Collection<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.state() != AlertState.WITHDRAWN)
                .map(alert -> new String(alert.toJson(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    private static List<String> texts(List<Told> told) {
        return told.stream()
                .map(each -> new String(each.alert().toJson(each.at()), StandardCharsets.UTF_8))
                .toList();
    }

    private static void refuse(String reason) {
        throw new AssertionError(reason);
    }

    private static Circumstances circumstances(ZoneId zone) {
        StatusDraft.Circumstances now = new StatusDraft.Circumstances("test", Instant.EPOCH, zone);
        return new Circumstances(
                DirectoryCsv.read(read("directory.csv"), zone).entries(),
                StatusCsv.read(read("status.csv"), now).reports(),
                ApprovalsCsv.read(read("approvals.csv"), "test", zone).approvals());
    }

    private static byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

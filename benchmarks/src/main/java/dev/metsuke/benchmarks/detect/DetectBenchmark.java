package dev.metsuke.benchmarks.detect;

import dev.metsuke.benchmarks.Benchmark;
import dev.metsuke.benchmarks.Measurement;
import dev.metsuke.benchmarks.Measurement.Bar;
import dev.metsuke.benchmarks.contest.WorkFolder;
import dev.metsuke.benchmarks.detect.RunningContestant.Resources;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * All three rules over accesses that lie in Kafka, beside a pass-through and a count by Kafka Streams, each in a process
 * of its own on one broker.
 */
public final class DetectBenchmark implements Benchmark {

    private static final String EVENTS = "events";
    private static final String ACCOUNTS = "accounts";
    private static final String PARTITIONS = "partitions";
    private static final String THREADS = "threads";
    private static final String HEAP = "heap-mib";
    private static final String PEERS = "peers";
    private static final String SCALING = "scaling";
    private static final String RESTART = "restart";
    private static final String FEW_ACCOUNTS = "few-accounts";
    private static final String MANY_ACCOUNTS = "many-accounts";

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String description() {
        return "accesses judged by all three rules, beside a pass-through and a count by account; scaling=1 and"
            + " restart=1 add runs with few and many accounts, and a restart with the most of the run; peers=0 leaves"
            + " the peers out";
    }

    @Override
    public SequencedMap<String, Long> sizes() {
        SequencedMap<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(EVENTS, 5_000_000L);
        sizes.put(ACCOUNTS, 100_000L);
        sizes.put(PARTITIONS, 4L);
        sizes.put(THREADS, 2L);
        sizes.put(HEAP, 512L);
        sizes.put(PEERS, 1L);
        sizes.put(SCALING, 0L);
        sizes.put(RESTART, 0L);
        sizes.put(FEW_ACCOUNTS, 10_000L);
        sizes.put(MANY_ACCOUNTS, 1_000_000L);
        return sizes;
    }

    @Override
    public Measurement run(SequencedMap<String, Long> sizes, PrintStream progress) throws Exception {
        return new Run(sizes, progress, new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>()).measure();
    }

    /** One run; what it finds is gathered here. */
    private record Run(
            SequencedMap<String, Long> sizes,
            PrintStream progress,
            SequencedMap<String, String> settings,
            SequencedMap<String, Double> figures,
            List<Bar> bars) {

        Measurement measure() throws Exception {
            sizes.forEach((name, value) -> settings.put(name, Long.toString(value)));
            settings.put("heap", size(HEAP) == 0 ? "what Java takes by itself" : "-Xmx" + size(HEAP) + "m");
            settings.put("all contestants", "exactly_once_v2");
            settings.put("detect", "all else by Metsuke's defaults");
            settings.put(
                    "pass-through and dsl-count",
                    "commits, batches, cache and RocksDB as Kafka Streams has them by itself");
            try (WorkFolder folder = WorkFolder.create("metsuke-bench-detect")) {
                besidePeers(folder.path().resolve("accounts"));
                if (size(SCALING) > 0) {
                    withFewAccounts(folder.path().resolve("few-accounts"));
                }
                if (size(SCALING) > 0) {
                    withManyAccounts(folder.path().resolve("many-accounts"));
                }
            }
            return new Measurement(settings, figures, bars);
        }

        private void besidePeers(Path folder) throws Exception {
            try (Stage stage = stage(folder, ACCOUNTS)) {
                List<Race> peers = new ArrayList<>();
                if (size(PEERS) > 0) {
                    peers.add(race(stage, Contestant.PASS_THROUGH, "pass-through"));
                    peers.add(race(stage, Contestant.DSL_COUNT, "dsl-count"));
                }
                Race detect = race(stage, Contestant.DETECT, "detect");
                if (size(PEERS) > 0) {
                    compare(detect, peers.getFirst(), peers.getLast());
                }
                bars.add(Bar.atMost("detect_peak_mib", 1_024));
                if (size(SCALING) == 0) {
                    restart(stage);
                }
            }
        }

        private void compare(Race detect, Race passThrough, Race count) {
            figures.put("detect_to_pass-through", detect.rate() / passThrough.rate());
            figures.put("detect_to_dsl-count", detect.rate() / count.rate());
            figures.put("last_half_to_pass-through", detect.lastHalfRate() / passThrough.lastHalfRate());
            figures.put("last_half_to_dsl-count", detect.lastHalfRate() / count.lastHalfRate());
            bars.add(Bar.atLeast("detect_to_pass-through", 0.5));
            bars.add(Bar.atLeast("detect_to_dsl-count", 1));
        }

        private void withFewAccounts(Path folder) throws Exception {
            try (Stage stage = stage(folder, FEW_ACCOUNTS)) {
                race(stage, Contestant.DETECT, FEW_ACCOUNTS);
            }
        }

        private void withManyAccounts(Path folder) throws Exception {
            try (Stage stage = stage(folder, MANY_ACCOUNTS)) {
                Race many = race(stage, Contestant.DETECT, MANY_ACCOUNTS);
                bars.add(Bar.atMost(MANY_ACCOUNTS + "_peak_mib", 1_024));
                Double few = figures.get(FEW_ACCOUNTS + "_events_s");
                if (few != null) {
                    figures.put("many_to_few-accounts", many.rate() / few);
                    bars.add(Bar.atLeast("many_to_few-accounts", 0.7));
                }
                restart(stage);
            }
        }

        /** With the state of the most accounts that this run has. */
        private void restart(Stage stage) throws Exception {
            if (size(RESTART) > 0) {
                Restart restart = Restart.run(stage, resources());
                progress.printf(
                        "  restart: at work after %.1f s, a new access judged after %.1f s%n",
                        restart.secondsToWork(), restart.secondsToAlert());
                figures.put("restart_to_work_s", restart.secondsToWork());
                figures.put("restart_to_alert_s", restart.secondsToAlert());
                bars.add(Bar.atMost("restart_to_alert_s", 20));
            }
        }

        /** Detection has learned the staff before the accesses come, as it has at work. */
        private Stage stage(Path folder, String accounts) throws Exception {
            Company company = new Company((int) size(accounts), size(EVENTS));
            Stage stage = Stage.open(folder, company, (int) size(PARTITIONS));
            try {
                stage.loadStaff();
                try (RunningContestant detect = RunningContestant.start(Contestant.DETECT, stage, resources())) {
                    detect.awaitWork();
                    while (!stage.knowsStaff(Contestant.DETECT.label())) {
                        detect.pause(20);
                    }
                }
                long start = System.nanoTime();
                stage.loadAccesses();
                progress.printf(
                        "  %d accesses of %d accounts are in Kafka after %.1f s%n",
                        company.events(), company.accounts(), (System.nanoTime() - start) / 1e9);
                return stage;
            } catch (Exception e) {
                stage.close();
                throw e;
            }
        }

        private Race race(Stage stage, Contestant contestant, String name) throws Exception {
            boolean hasOutput = contestant != Contestant.DETECT;
            if (hasOutput) {
                stage.createOutput(contestant);
            }
            Race race = Race.run(contestant, stage, resources());
            switch (contestant) {
                case PASS_THROUGH -> Verdict.passedThrough(stage);
                case DSL_COUNT -> Verdict.counted(stage);
                case DETECT -> {
                    Verdict.Alerts alerts = Verdict.judged(stage);
                    settings.put("alerts, " + name, alerts.episodes() + " in " + alerts.messages() + " messages");
                }
            }
            if (hasOutput) {
                stage.deleteOutput(contestant);
            }
            race.report(name, figures);
            progress.printf("  %-13s %s%n", name, race.describe());
            return race;
        }

        private Resources resources() {
            return new Resources((int) size(THREADS), size(HEAP));
        }

        private long size(String name) {
            return sizes.getOrDefault(name, 0L);
        }
    }
}

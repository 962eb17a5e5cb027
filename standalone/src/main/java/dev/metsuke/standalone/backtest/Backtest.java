package dev.metsuke.standalone.backtest;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.trial.PartitionedTrial;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A policy's trial on what arrived in the past. Its partitions judge side by side while the next arrivals are read. Their number
 * and the pieces in which they work do not depend on the machine, so that what is told does not either.
 */
final class Backtest implements AutoCloseable {

    /** Each learns what is usual for every department, so that more of them are more work. */
    private static final int PARTITIONS = 4;

    private static final int MOST_ARRIVALS_AHEAD = 16_384;

    private static final Duration EXCHANGE = Duration.ofHours(1);

    /** Months pass in seconds here. What is done a little later changes no judgement in the end. */
    static final Map<Interval, Duration> INTERVALS = Map.of(
            Interval.SWEEP, Duration.ofDays(1),
            Interval.JUDGE_AGAIN, Duration.ofMinutes(10),
            Interval.PUBLISH, EXCHANGE,
            Interval.DEPARTMENTS, Duration.ofHours(1));

    private final List<BacktestPartition> partitions;
    private final PartitionedTrial trial;
    private final ExecutorService workers;
    private final Consumer<Told> onTold;
    private final Consumer<String> onRejected;
    private List<List<Arrival>> waiting = emptyForEach();
    private int arrivals;
    private Instant latest;
    private Instant nextExchange;
    private boolean exchangesNext;
    private List<CompletableFuture<BacktestPartition.Outcome>> underWay = List.of();
    private long events;

    /**
     * Starts one.
     *
     * @param start nothing arrives before it
     * @param told takes every message about an alert, in the order of their times
     * @param rejected takes what detection would reject, and why
     */
    Backtest(Policy policy, Instant start, Consumer<Told> told, Consumer<String> rejected) {
        trial = new PartitionedTrial(policy, new SimpleMeterRegistry(), start, INTERVALS, PARTITIONS);
        partitions = trial.partitions().stream()
                .map(partition -> new BacktestPartition(partition, start))
                .toList();
        workers = Executors.newFixedThreadPool(
                Math.min(PARTITIONS, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("judge-", 0).daemon().factory());
        onTold = told;
        onRejected = rejected;
        latest = start;
        nextExchange = start.plus(EXCHANGE);
    }

    /** What comes after another became known no earlier, whatever its time. */
    void take(Arrival arrival) {
        if (arrival.at().isAfter(latest)) {
            latest = arrival.at();
            if (!latest.isBefore(nextExchange)) {
                judge(nextExchange);
                exchangesNext = true;
                // Nothing happens in a long gap.
                Duration gap = Duration.between(nextExchange, latest);
                nextExchange = nextExchange.plus(EXCHANGE.multipliedBy(gap.dividedBy(EXCHANGE) + 1));
            }
        }
        waiting.get(trial.partitionOf(arrival.account())).add(arrival.at(latest));
        arrivals++;
        if (arrivals == MOST_ARRIVALS_AHEAD) {
            judge(latest);
        }
    }

    /** Judges what has arrived, and tells what comes of it. */
    void tellWhatIsKnown() {
        judge(latest);
        tell(await());
    }

    /**
     * Lets time pass until all is judged and every alert is closed; those over days take as many days.
     *
     * @param quiet after which most are closed
     * @param most what is open for longer stays so
     * @param isAnyOpen by what was told
     * @return how many events were judged
     */
    long finish(Duration quiet, Duration most, BooleanSupplier isAnyOpen) {
        tellWhatIsKnown();
        Instant judged = latest.plus(quiet).plus(EXCHANGE);
        Instant end = latest.plus(most);
        for (Instant until = latest; until.isBefore(judged) || (until.isBefore(end) && isAnyOpen.getAsBoolean()); ) {
            Instant next = until.plus(EXCHANGE);
            exchangesNext = true;
            begin(number -> partitions.get(number).rest(next));
            until = next;
        }
        tell(await());
        return events;
    }

    /** All that arrived until then. */
    private void judge(Instant until) {
        List<List<Arrival>> taken = waiting;
        waiting = emptyForEach();
        arrivals = 0;
        begin(number -> partitions.get(number).judge(taken.get(number), until));
    }

    /** What each partition does next, by its number, once all have done what came before. */
    private void begin(IntFunction<BacktestPartition.Outcome> work) {
        List<BacktestPartition.Outcome> outcomes = await();
        if (exchangesNext) {
            trial.exchange();
            exchangesNext = false;
        }
        underWay = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> work.apply(number), workers))
                .toList();
        tell(outcomes);
    }

    private List<BacktestPartition.Outcome> await() {
        try {
            List<BacktestPartition.Outcome> outcomes =
                    underWay.stream().map(CompletableFuture::join).toList();
            underWay = List.of();
            return outcomes;
        } catch (CompletionException e) {
            throw new IllegalStateException("detection failed on what arrived until " + latest, e.getCause());
        }
    }

    private void tell(List<BacktestPartition.Outcome> outcomes) {
        outcomes.stream()
                .flatMap(outcome -> outcome.rejections().stream())
                .sorted(Comparator.comparing(BacktestPartition.Rejection::at))
                .forEach(rejection -> onRejected.accept(rejection.reason()));
        outcomes.stream()
                .flatMap(outcome -> outcome.told().stream())
                .sorted(Comparator.comparing(Told::at))
                .forEach(onTold);
        events += outcomes.stream().mapToLong(BacktestPartition.Outcome::events).sum();
    }

    private static List<List<Arrival>> emptyForEach() {
        return Stream.<List<Arrival>>generate(ArrayList::new).limit(PARTITIONS).toList();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}

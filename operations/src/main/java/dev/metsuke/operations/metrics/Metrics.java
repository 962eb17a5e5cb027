package dev.metsuke.operations.metrics;

import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Meters; names start with {@code metsuke.} and the part's or command's name, such as {@code metsuke.ship.lines}. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** Of a part, with those of its process. */
    public Metrics() {
        this(true);
    }

    private Metrics(boolean isOfProcess) {
        if (isOfProcess) {
            bindProcess();
        }
    }

    /** Of a command: what it found out outlasts its process. */
    public static Metrics ofCommand() {
        return new Metrics(false);
    }

    private void bindProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        // By it a part is found that is started anew again and again.
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    /** Tells from now on whether the part is at work. */
    public void watch(Part part) {
        Gauge.builder("metsuke.part.running", part, watched -> watched.condition() instanceof Condition.Running ? 1 : 0)
                .description(
                        "1 while the part is at work; 0 while it starts, waits for something outside, or has ended")
                .tag("part", part.name())
                .strongReference(true)
                .register(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** All meters in the text format that Prometheus scrapes. */
    public String scrape() {
        return registry.scrape();
    }

    /** The sum over all counters of a name, whatever their tags. */
    public double total(String counter) {
        return registry.find(counter).counters().stream()
                .mapToDouble(found -> found.count())
                .sum();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.getMeters().stream().map(Meter::getId).toList().forEach(registry::remove);
        registry.close();
    }
}

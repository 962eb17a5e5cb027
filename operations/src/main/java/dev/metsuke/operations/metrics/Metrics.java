package dev.metsuke.operations.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The process's meters; names start with {@code metsuke.} and the part's name, such as {@code metsuke.ship.lines}. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
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

package dev.metsuke.standalone.command;

import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.operations.metrics.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found out, as a file for the textfile collector of Prometheus's node exporter: the job has ended long before anybody
 * scrapes it. The file's name without its ending tells verifications apart, as those of each night and of each month.
 */
final class VerificationMetrics implements AutoCloseable {

    private static final String PREFIX = "metsuke.verify.";
    private static final String SUFFIX = ".prom";

    private final WholeFile file;
    private final String name;
    private final Instant start = Instant.now();

    private VerificationMetrics(WholeFile file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * Begins a file; what is there stays until {@link #write}.
     *
     * @throws IOException where it cannot be written, or the collector would pass it over
     */
    static VerificationMetrics to(Path file) throws IOException {
        String written = String.valueOf(file.getFileName());
        if (!written.endsWith(SUFFIX) || written.equals(SUFFIX)) {
            throw new IOException(
                    "--metrics is " + file + "; the node exporter reads files whose names end in " + SUFFIX);
        }
        try {
            return new VerificationMetrics(
                    WholeFile.at(file), written.substring(0, written.length() - SUFFIX.length()));
        } catch (IOException e) {
            throw new IOException(
                    "--metrics is " + file + ", which cannot be written (" + e + "); name a file in a folder where "
                            + CommandUser.name() + " may write",
                    e);
        }
    }

    /** Replaces what an earlier verification wrote. */
    void write(Outcome outcome, List<StreamReport> reports, Instant end) throws IOException {
        try (Metrics metrics = Metrics.ofCommand()) {
            MeterRegistry registry = metrics.registry();
            for (Outcome each : Outcome.values()) {
                Tags which = Tags.of("outcome", label(each));
                gauge(
                        registry,
                        "outcome",
                        "1 for what the verification found out",
                        which,
                        null,
                        each == outcome ? 1 : 0);
                gauge(registry, "streams", "Streams of which that was found out", which, null, each.among(reports));
            }
            gauge(
                    registry,
                    "lines",
                    "Lines that were looked at",
                    Tags.empty(),
                    null,
                    reports.stream()
                            .mapToLong(report -> report.verdict().listed())
                            .sum());
            gauge(registry, "end.timestamp", "When it ended", Tags.empty(), "seconds", end.getEpochSecond());
            gauge(
                    registry,
                    "duration",
                    "How long it took",
                    Tags.empty(),
                    "seconds",
                    Duration.between(start, end).toMillis() / 1_000.0);
            file.write(metrics.scrape().stripTrailing().getBytes(StandardCharsets.UTF_8));
        }
        file.keep();
    }

    private static String label(Outcome outcome) {
        return switch (outcome) {
            case WHOLE -> "whole";
            case TAMPERED -> "tampered-with";
            case UNKNOWN -> "cannot-tell";
        };
    }

    private void gauge(
            MeterRegistry registry, String metric, String meaning, Tags tags, @Nullable String unit, Number value) {
        Gauge.builder(PREFIX + metric, value, Number::doubleValue)
                .description(meaning)
                .baseUnit(unit)
                .tags(tags.and("verification", name))
                .strongReference(true)
                .register(registry);
    }

    /** What was not written leaves the file as it was. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}

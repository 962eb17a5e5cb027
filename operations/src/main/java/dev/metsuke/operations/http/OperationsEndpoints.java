package dev.metsuke.operations.http;

import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code /live}, {@code /ready} and {@code /metrics} answer. */
public final class OperationsEndpoints {

    private final List<? extends Part> parts;
    private final Metrics metrics;

    public OperationsEndpoints(List<? extends Part> parts, Metrics metrics) {
        this.parts = List.copyOf(parts);
        this.metrics = metrics;
    }

    /** 200 unless a part has failed for good: then a supervisor should start the process anew. */
    public Answer live() {
        boolean failed = parts.stream().anyMatch(part -> part.condition() instanceof Condition.ForGood);
        return conditions(!failed);
    }

    /** 200 when every part is at work. */
    public Answer ready() {
        return conditions(parts.stream().allMatch(part -> part.condition() instanceof Condition.Running));
    }

    public Answer metrics() {
        return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    private Answer conditions(boolean good) {
        String body = parts.stream()
                .map(part -> part.name() + " " + part.condition().describe() + "\n")
                .collect(Collectors.joining());
        return new Answer(good ? 200 : 503, "text/plain; charset=utf-8", body);
    }

    /**
     * An HTTP answer.
     *
     * @param status the HTTP status
     * @param contentType the media type
     * @param body the text
     */
    public record Answer(int status, String contentType, String body) {}
}

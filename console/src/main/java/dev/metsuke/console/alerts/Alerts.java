package dev.metsuke.console.alerts;

import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.search.Archive;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** The console's alerts: fed from the topic, listed, opened with their evidence, and sent to browsers as they come. */
public final class Alerts implements AutoCloseable {

    private final AlertStreams streams;
    private final AlertFeed feed;
    private final AlertRoutes routes;

    /**
     * Puts the parts together; nothing is read yet.
     *
     * @param trace records who opens an alert's events
     * @param kibana where Kibana shows an alert's account
     * @param most how many alerts are held in memory
     * @param heartbeat how often a silent stream says that it is alive
     */
    public Alerts(
            KafkaSettings kafka,
            Archive archive,
            ReadingTrace trace,
            KibanaLink kibana,
            int most,
            Duration heartbeat,
            MeterRegistry meters) {
        LiveAlerts live = new LiveAlerts(most);
        streams = new AlertStreams(heartbeat, meters);
        feed = new AlertFeed(kafka, live, streams, meters);
        EvidenceSearch evidence = new EvidenceSearch(archive, trace);
        routes = new AlertRoutes(new AlertList(live, archive), live, evidence, kibana, feed, streams);
    }

    public void addTo(RoutesConfig config) {
        routes.addTo(config);
    }

    public void start() {
        feed.start();
    }

    /** How the way from Kafka stands. */
    public Condition condition() {
        return feed.condition();
    }

    @Override
    public void close() {
        streams.close();
        feed.close();
    }
}

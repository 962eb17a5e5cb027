package dev.metsuke.console.alerts;

import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.search.Archive;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The console's alerts and what people do about them: fed from the topics, listed, opened with their evidence, and sent to
 * browsers as they come.
 */
public final class Alerts implements AutoCloseable {

    private final AlertStreams streams;
    private final TopicFeed alertTopic;
    private final TopicFeed triageTopic;
    private final AlertRoutes routes;
    private final TriageRoutes triageRoutes;

    /**
     * Puts the parts together; nothing is read yet.
     *
     * @param trace records who opens an alert's events
     * @param kibana where Kibana shows an alert's account
     * @param mayTriage whom an alert may be given to
     * @param most how many alerts are held in memory
     * @param heartbeat how often a silent stream says that it is alive
     * @param zone where days are meant
     */
    public Alerts(
            KafkaSettings kafka,
            Archive archive,
            ReadingTrace trace,
            KibanaLink kibana,
            Predicate<String> mayTriage,
            int most,
            Duration heartbeat,
            ZoneId zone,
            MeterRegistry meters) {
        LiveAlerts live = new LiveAlerts(most);
        TriageBook book = new TriageBook();
        AlertEntries entries = new AlertEntries(book);
        streams = new AlertStreams(heartbeat, meters, language -> {
            FeedState state = state();
            return Map.of("alerts", state.text().in(language), "running", state.isRunning());
        });
        AlertFeed alertFeed = new AlertFeed(live, entries, streams, _ -> streams.tellStatus());
        TriageFeed triageFeed = new TriageFeed(book, live, entries, streams, _ -> streams.tellStatus());
        alertTopic = new TopicFeed(kafka, Topic.ALERTS, "alerts", alertFeed, meters);
        triageTopic = new TopicFeed(kafka, Topic.TRIAGE, "triage", triageFeed, meters);
        AlertList list = new AlertList(live, archive, book, entries);
        EvidenceSearch evidence = new EvidenceSearch(archive, trace);
        UntriagedAlerts untriaged = new UntriagedAlerts(live, entries);
        untriaged.measure(meters);
        routes = new AlertRoutes(
                list, new AlertCounts(live, entries, untriaged), evidence, kibana, entries, this::state, streams, zone);
        TriageWriter writer =
                new TriageWriter(SerialWriter.ofTriage(kafka), triageTopic, triageFeed, book, Clock.systemUTC());
        triageRoutes = new TriageRoutes(list, entries, writer, mayTriage, meters);
    }

    public void addTo(RoutesConfig config) {
        routes.addTo(config);
        triageRoutes.addTo(config);
    }

    public void start() {
        alertTopic.start();
        triageTopic.start();
    }

    /** How the way from Kafka stands; that of the alerts first. */
    public Condition condition() {
        return state().condition();
    }

    private FeedState state() {
        FeedState alerts = alertTopic.state();
        return alerts.isRunning() ? triageTopic.state() : alerts;
    }

    @Override
    public void close() {
        streams.close();
        alertTopic.close();
        triageTopic.close();
    }
}

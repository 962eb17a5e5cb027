package dev.metsuke.detect;

import dev.metsuke.detect.bulkread.BulkReadDetector;
import dev.metsuke.detect.department.DepartmentFeed;
import dev.metsuke.detect.department.PublishDepartmentDays;
import dev.metsuke.detect.department.PublishedDays;
import dev.metsuke.detect.directory.RememberDirectory;
import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.graph.Graph;
import dev.metsuke.detect.graph.StreamsGraph;
import dev.metsuke.detect.history.Fact;
import dev.metsuke.detect.history.RememberAccesses;
import dev.metsuke.detect.offhours.CheckApprovals;
import dev.metsuke.detect.offhours.OffHoursExportDetector;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import dev.metsuke.detect.policy.PolicyInForce;
import dev.metsuke.detect.revoked.CheckReports;
import dev.metsuke.detect.revoked.RevokedAccountDetector;
import dev.metsuke.detect.state.StateStores;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** From accesses, status reports and the directory to alerts, account by account, without any repartitioning. */
public final class DetectTopology {

    private final PolicyInForce policy;
    private final MeterRegistry meters;
    private final StateStores state;
    private final @Nullable URI console;

    /** With a policy that holds until another is published; its alerts have no link. */
    public DetectTopology(Policy policy, MeterRegistry meters) {
        this(policy, meters, StateStores.ON_DISK, null);
    }

    /**
     * The same with its state elsewhere.
     *
     * @param console where people reach the console, to which alerts link
     */
    public DetectTopology(Policy policy, MeterRegistry meters, StateStores state, @Nullable URI console) {
        this.policy = new PolicyInForce(policy);
        this.meters = meters;
        this.state = state;
        this.console = console;
    }

    public Topology build(StreamsConfig config) {
        StreamsGraph graph = new StreamsGraph(config);
        connect(List.of(graph));
        return graph.build();
    }

    /**
     * All of detection, for whatever runs it; what was built before knows nothing of it.
     *
     * @param graphs each judges accounts of its own; what one follows, all of them know
     */
    public void connect(List<? extends Graph> graphs) {
        PublishedDays published = new PublishedDays();
        graphs.forEach(graph -> connect(graph, published));
    }

    private void connect(Graph graph, PublishedDays published) {
        PolicyFeed.addTo(graph, policy, meters);
        DepartmentFeed.addTo(graph, published);
        Flow<AccountId, Fact> accesses = RememberAccesses.addTo(
                read(graph, Topic.ACCESS_EVENTS, DetectSerdes.accessEvent()),
                policy,
                meters.counter("metsuke.detect.events"),
                state);
        Flow<AccountId, Fact> reports =
                CheckReports.addTo(read(graph, Topic.ACCOUNT_STATUS, DetectSerdes.statusReport()));
        Flow<AccountId, Fact> entries =
                RememberDirectory.addTo(read(graph, Topic.DIRECTORY, DetectSerdes.directoryEntry()));

        Flow<AccountId, Fact> approvals =
                CheckApprovals.addTo(read(graph, Topic.EXPORT_APPROVALS, DetectSerdes.exportApproval()));

        Flow<AccountId, Fact> facts = accesses.merge(reports, "accesses-and-reports")
                .merge(approvals, "accesses-reports-and-approvals")
                .merge(entries, "facts");

        Flow<AccountId, Alert> bulkReads = BulkReadDetector.addTo(facts, policy, published, meters, state);
        PublishDepartmentDays.addTo(facts, policy);
        Flow<AccountId, Alert> revokedAccounts = RevokedAccountDetector.addTo(facts, policy, meters, state);
        Flow<AccountId, Alert> offHoursExports = OffHoursExportDetector.addTo(facts, policy, meters, state);

        bulkReads
                .merge(revokedAccounts, "bulk-reads-and-revoked-accounts")
                .merge(offHoursExports, "alerts")
                .write(Topic.ALERTS, DetectSerdes.account(), DetectSerdes.alert(console));
    }

    private static <V> Flow<AccountId, V> read(Graph graph, Topic topic, Serde<V> value) {
        return graph.read(topic, DetectSerdes.account(), value);
    }
}

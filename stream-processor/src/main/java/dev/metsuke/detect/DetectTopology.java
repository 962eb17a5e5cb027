package dev.metsuke.detect;

import dev.metsuke.detect.bulkread.BulkReadDetector;
import dev.metsuke.detect.department.DepartmentFeed;
import dev.metsuke.detect.department.PublishDepartmentDays;
import dev.metsuke.detect.department.PublishedDays;
import dev.metsuke.detect.directory.RememberDirectory;
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
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** From accesses, status reports and the directory to alerts, account by account, without any repartitioning. */
public final class DetectTopology {

    private final PolicyInForce policy;
    private final MeterRegistry meters;
    private final StateStores state;

    /** With a policy that holds until another is published. */
    public DetectTopology(Policy policy, MeterRegistry meters) {
        this(policy, meters, StateStores.ON_DISK);
    }

    /** The same with its state elsewhere. */
    public DetectTopology(Policy policy, MeterRegistry meters, StateStores state) {
        this.policy = new PolicyInForce(policy);
        this.meters = meters;
        this.state = state;
    }

    public Topology build(StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));

        PolicyFeed.addTo(builder, policy, meters);
        PublishedDays published = new PublishedDays();
        DepartmentFeed.addTo(builder, published);
        KStream<AccountId, Fact> accesses = RememberAccesses.addTo(
                read(builder, Topic.ACCESS_EVENTS, DetectSerdes.accessEvent()),
                policy,
                meters.counter("metsuke.detect.events"),
                state);
        KStream<AccountId, Fact> reports =
                CheckReports.addTo(read(builder, Topic.ACCOUNT_STATUS, DetectSerdes.statusReport()));
        KStream<AccountId, Fact> entries =
                RememberDirectory.addTo(read(builder, Topic.DIRECTORY, DetectSerdes.directoryEntry()), state);

        KStream<AccountId, Fact> approvals =
                CheckApprovals.addTo(read(builder, Topic.EXPORT_APPROVALS, DetectSerdes.exportApproval()));

        KStream<AccountId, Fact> facts = accesses.merge(reports, Named.as("accesses-and-reports"))
                .merge(approvals, Named.as("accesses-reports-and-approvals"))
                .merge(entries, Named.as("facts"));

        KStream<AccountId, Alert> bulkReads = BulkReadDetector.addTo(facts, policy, published, meters, state);
        PublishDepartmentDays.addTo(facts, policy);
        KStream<AccountId, Alert> revokedAccounts = RevokedAccountDetector.addTo(facts, policy, meters, state);
        KStream<AccountId, Alert> offHoursExports = OffHoursExportDetector.addTo(facts, policy, meters, state);

        bulkReads
                .merge(revokedAccounts, Named.as("bulk-reads-and-revoked-accounts"))
                .merge(offHoursExports, Named.as("alerts"))
                .to(
                        Topic.ALERTS.title(),
                        Produced.with(DetectSerdes.account(), DetectSerdes.alert())
                                .withName("to-alerts"));
        return builder.build();
    }

    private static <V> KStream<AccountId, V> read(StreamsBuilder builder, Topic topic, Serde<V> value) {
        return builder.stream(
                topic.title(), Consumed.with(DetectSerdes.account(), value).withName("from-" + topic.title()));
    }
}

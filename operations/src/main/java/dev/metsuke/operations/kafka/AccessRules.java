package dev.metsuke.operations.kafka;

import static dev.metsuke.events.topic.Topic.ACCESS_EVENTS;
import static dev.metsuke.events.topic.Topic.ACCOUNT_STATUS;
import static dev.metsuke.events.topic.Topic.ALERTS;
import static dev.metsuke.events.topic.Topic.BASELINES;
import static dev.metsuke.events.topic.Topic.DIRECTORY;
import static dev.metsuke.events.topic.Topic.EXPORT_APPROVALS;
import static dev.metsuke.events.topic.Topic.POLICY;
import static dev.metsuke.events.topic.Topic.POSITIONS;
import static dev.metsuke.events.topic.Topic.READING_HEADS;
import static dev.metsuke.events.topic.Topic.REJECTED;
import static dev.metsuke.events.topic.Topic.RETENTION;
import static dev.metsuke.events.topic.Topic.SEALS;
import static dev.metsuke.events.topic.Topic.TRIAGE;

import dev.metsuke.events.topic.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** What each part may do in Kafka: what it needs, and nothing else. */
public final class AccessRules {

    private static final String EVERY_SHIPPER = "metsuke-ship-";
    private static final String EVERY_READER = "metsuke-read-";
    private static final String ACCOUNTS_AND_REPORTS = "metsuke-accounts-and-reports";
    private static final String TRIAGE_WRITER = "metsuke-triage";
    private static final String APPROVALS_WRITER = "metsuke-approvals";

    private final Map<String, List<AclBinding>> rules = new LinkedHashMap<>();

    private AccessRules() {}

    /**
     * The rules, by principal.
     *
     * @param access who the parts are
     * @param detectId what names detection's group and internal topics
     * @param archiveGroup what names the archive's group
     */
    public static Map<String, List<AclBinding>> of(AccessSettings access, String detectId, String archiveGroup) {
        AccessRules made = new AccessRules();
        made.write(access.shipper(), ACCESS_EVENTS, REJECTED, POSITIONS, SEALS);
        made.read(access.shipper(), POSITIONS);
        made.transact(access.shipper(), EVERY_SHIPPER, PatternType.PREFIXED);

        made.read(access.detect(), ACCESS_EVENTS, DIRECTORY, ACCOUNT_STATUS, EXPORT_APPROVALS, POLICY, BASELINES);
        made.write(access.detect(), BASELINES, ALERTS, REJECTED);
        // Its stores' changelogs, which it makes and empties by itself.
        made.allow(access.detect(), ResourceType.TOPIC, detectId + "-", PatternType.PREFIXED, AclOperation.ALL);
        // Producers, and the readers of the topics that every instance reads, have names of their own that begin so.
        made.allow(access.detect(), ResourceType.GROUP, detectId, PatternType.PREFIXED, AclOperation.READ);
        made.transact(access.detect(), detectId, PatternType.PREFIXED);

        made.read(
                access.archive(),
                ACCESS_EVENTS,
                ACCOUNT_STATUS,
                EXPORT_APPROVALS,
                DIRECTORY,
                POLICY,
                ALERTS,
                TRIAGE,
                REJECTED,
                SEALS,
                RETENTION);
        // Which index is deleted, and why, is written down before it goes.
        made.write(access.archive(), REJECTED, RETENTION);
        made.allow(access.archive(), ResourceType.GROUP, archiveGroup, PatternType.LITERAL, AclOperation.READ);
        made.transact(access.archive(), archiveGroup + "-", PatternType.PREFIXED);

        made.read(access.console(), READING_HEADS, ALERTS, TRIAGE, ACCOUNT_STATUS, EXPORT_APPROVALS, DIRECTORY);
        // By which policy retrohunt judges again, which holds stand, and which lines were sealed last.
        made.read(access.console(), POLICY, RETENTION, SEALS);
        made.write(access.console(), TRIAGE, ACCOUNT_STATUS, EXPORT_APPROVALS, DIRECTORY);
        // How far the archive is, before lines are called missing.
        made.allow(access.console(), ResourceType.GROUP, archiveGroup, PatternType.LITERAL, AclOperation.DESCRIBE);
        // The trace of who read the archive, chained and sealed.
        made.write(access.console(), ACCESS_EVENTS, SEALS, READING_HEADS);
        made.transact(access.console(), EVERY_READER, PatternType.PREFIXED);
        made.transact(access.console(), ACCOUNTS_AND_REPORTS, PatternType.LITERAL);
        made.transact(access.console(), TRIAGE_WRITER, PatternType.LITERAL);
        made.transact(access.console(), APPROVALS_WRITER, PatternType.LITERAL);
        return made.rules;
    }

    private void read(@Nullable String principal, Topic... topics) {
        for (Topic topic : topics) {
            allow(principal, ResourceType.TOPIC, topic.title(), PatternType.LITERAL, AclOperation.READ);
        }
    }

    private void write(@Nullable String principal, Topic... topics) {
        for (Topic topic : topics) {
            allow(principal, ResourceType.TOPIC, topic.title(), PatternType.LITERAL, AclOperation.WRITE);
        }
    }

    private void transact(@Nullable String principal, String id, PatternType pattern) {
        allow(principal, ResourceType.TRANSACTIONAL_ID, id, pattern, AclOperation.WRITE);
        allow(principal, ResourceType.TRANSACTIONAL_ID, id, pattern, AclOperation.DESCRIBE);
    }

    private void allow(
            @Nullable String principal, ResourceType type, String name, PatternType pattern, AclOperation operation) {
        if (principal != null) {
            rules.computeIfAbsent(principal, _ -> new ArrayList<>())
                    .add(new AclBinding(
                            new ResourcePattern(type, name, pattern),
                            new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        }
    }
}

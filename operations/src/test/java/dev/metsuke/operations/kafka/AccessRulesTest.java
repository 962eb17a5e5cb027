package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final Map<String, List<AclBinding>> RULES = AccessRules.of(
            new AccessSettings("User:ship", "User:detect", "User:archive", "User:console"),
            "metsuke-detect",
            "metsuke-archive");

    @Test
    void shipperWritesItsTopicsAndReadsItsPositionsOnly() {
        assertThat(topics("User:ship", AclOperation.WRITE))
                .containsExactlyInAnyOrder(
                        "metsuke.access-events", "metsuke.rejected", "metsuke.positions", "metsuke.seals");
        assertThat(topics("User:ship", AclOperation.READ)).containsExactly("metsuke.positions");
    }

    @Test
    void nobodyButDetectionWritesAlertsAndNobodyButTheConsoleWritesWhatPeopleSay() {
        assertThat(writersOf("metsuke.alerts")).containsExactly("User:detect");
        assertThat(writersOf("metsuke.account-status")).containsExactly("User:console");
        assertThat(writersOf("metsuke.triage")).containsExactly("User:console");
        assertThat(writersOf("metsuke.export-approvals")).containsExactly("User:console");
        assertThat(writersOf("metsuke.seals")).containsExactly("User:ship", "User:console");
        assertThat(writersOf("metsuke.policy")).isEmpty();
    }

    @Test
    void archiveReadsWhatItKeepsAndWritesRejectionsAndDeletionsOnly() {
        assertThat(topics("User:archive", AclOperation.READ))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Topic.values())
                        .filter(topic ->
                                topic != Topic.POSITIONS && topic != Topic.BASELINES && topic != Topic.READING_HEADS)
                        .map(Topic::title)
                        .toList());
        assertThat(topics("User:archive", AclOperation.WRITE))
                .containsExactlyInAnyOrder("metsuke.rejected", "metsuke.retention");
    }

    @Test
    void onlyDetectionMayDoAllAndOnlyWithItsOwnInternalTopics() {
        List<AclBinding> all = RULES.values().stream()
                .flatMap(List::stream)
                .filter(rule -> rule.entry().operation() == AclOperation.ALL)
                .toList();

        assertThat(all).singleElement().satisfies(rule -> {
            assertThat(rule.entry().principal()).isEqualTo("User:detect");
            assertThat(rule.pattern().name()).isEqualTo("metsuke-detect-");
        });
    }

    @Test
    void partWithoutANameGetsNoRule() {
        Map<String, List<AclBinding>> rules = AccessRules.of(
                new AccessSettings(null, null, "User:archive", null), "metsuke-detect", "metsuke-archive");

        assertThat(rules).containsOnlyKeys("User:archive");
    }

    @Test
    void refusesANameThatIsNoPrincipal() {
        assertThatThrownBy(() -> new AccessSettings("shipper", null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("User:CN=shipper");
    }

    private static Set<String> topics(String principal, AclOperation operation) {
        return RULES.getOrDefault(principal, List.of()).stream()
                .filter(rule -> rule.pattern().resourceType() == ResourceType.TOPIC)
                .filter(rule -> rule.entry().operation() == operation)
                .map(rule -> rule.pattern().name())
                .collect(Collectors.toSet());
    }

    private static List<String> writersOf(String topic) {
        return RULES.keySet().stream()
                .filter(principal -> topics(principal, AclOperation.WRITE).contains(topic))
                .toList();
    }
}

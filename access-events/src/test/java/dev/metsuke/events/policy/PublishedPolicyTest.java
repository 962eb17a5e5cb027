package dev.metsuke.events.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishedPolicyTest {

    @Test
    void readsWhatItWrites() throws MalformedDocumentException {
        PublishedPolicy policy = published("v1", "2026-11-24T00:00:00Z");

        assertThat(PublishedPolicy.fromJson(policy.toJson())).isEqualTo(policy);
    }

    @Test
    void theOnePublishedLastIsTheGreatest() {
        assertThat(Stream.of(
                                published("v3", "2026-11-22T00:00:00Z"),
                                published("v1", "2026-11-24T00:00:00Z"),
                                published("v2", "2026-11-23T00:00:00Z"))
                        .sorted()
                        .map(PublishedPolicy::version))
                .containsExactly("v3", "v2", "v1");
    }

    @Test
    void comesBehindWhatAFastClockPublished() {
        PublishedPolicy ahead = published("v1", "2027-11-24T00:00:00Z");
        Instant now = Instant.parse("2026-11-24T00:00:00Z");

        assertThat(PublishedPolicy.timeAfter(List.of(ahead, published("v2", "2026-11-23T00:00:00Z")), now))
                .isEqualTo(Instant.parse("2027-11-24T00:00:00.001Z"));
        assertThat(PublishedPolicy.timeAfter(List.of(), now)).isEqualTo(now);
    }

    @Test
    void ordersVersionsByTheirPublication() {
        PublishedPolicies policies = new PublishedPolicies();
        PublishedPolicy first = published("v3", "2026-11-22T00:00:00Z");
        PublishedPolicy second = published("v2", "2026-11-23T00:00:00Z");
        PublishedPolicy third = published("v1", "2026-11-24T00:00:00Z");
        for (PublishedPolicy policy : List.of(third, first, second)) {
            policies.put(policy.version(), policy.toJson(), complaint -> {
                throw new AssertionError(complaint);
            });
        }

        assertThat(policies.inOrder()).containsExactly(first, second, third);
        assertThat(policies.inForce()).hasValue(third);
        assertThat(policies.called("v2")).hasValue(second);
        assertThat(policies.called("v4")).isEmpty();
    }

    private static PublishedPolicy published(String version, String at) {
        return new PublishedPolicy(
                "e-" + version, version, "policy: {quiet: 2h}\n", Instant.parse(at), "mori", "trial");
    }
}

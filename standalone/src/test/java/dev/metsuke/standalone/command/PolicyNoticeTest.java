package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyNoticeTest {

    @Test
    void knowsThatSomebodyWorksInADepartmentBesideAnother() {
        Policy policy = PolicyFeed.parse("""
            policy:
              concurrent-posts:
                Sales/Planning: [Sales, Planning]
                Sales/Legal: [Sales, Legal]
              revoked:
                scope: {plan.figures: [Planning]}
            """, "test");
        DirectoryEntry sato =
                new DirectoryEntry(new AccountId("sato"), "1", "Sato", null, "Sales/Planning", "regular", null, null);

        assertThat(PolicyNotice.lines(policy, List.of(sato), Instant.MIN))
                .containsExactly("the policy names departments of nobody in the directory: Legal, Sales/Legal");
    }
}

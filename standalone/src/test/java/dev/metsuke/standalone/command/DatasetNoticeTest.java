package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetNoticeTest {

    @Test
    void tellsOfDatasetsThatThePolicyDoesNotName() {
        Policy policy = policy("policy: {revoked: {scope: {orders: [Sales]}}}");

        assertThat(DatasetNotice.line(List.of("orders", "Orders", "oders", "oders"), policy))
                .contains(
                        "approved for datasets that the policy does not name: Orders (is orders meant?), oders; whether"
                                + " any access touches them is not asked here");
        assertThat(DatasetNotice.line(List.of("orders"), policy)).isEmpty();
    }

    @Test
    void saysNothingWhereNoPolicyNamesAny() {
        assertThat(DatasetNotice.line(List.of("orders"), null)).isEmpty();
        assertThat(DatasetNotice.line(List.of("orders"), policy("policy: {}"))).isEmpty();
    }

    private static Policy policy(String yaml) {
        return SettingsFile.of(yaml, "test", Path.of("/")).section("policy", Policy.class);
    }
}

package dev.metsuke.archive.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.setup.TemplateFiles.Template;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.cluster.metadata.ComponentTemplate;
import org.elasticsearch.cluster.metadata.ComposableIndexTemplate;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.IndexScopedSettings;
import org.elasticsearch.core.CheckedFunction;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.elasticsearch.xpack.core.ilm.DeleteAction;
import org.elasticsearch.xpack.core.ilm.ForceMergeAction;
import org.elasticsearch.xpack.core.ilm.LifecycleAction;
import org.elasticsearch.xpack.core.ilm.LifecyclePolicy;
import org.elasticsearch.xpack.core.ilm.LifecycleType;
import org.elasticsearch.xpack.core.ilm.ReadOnlyAction;
import org.elasticsearch.xpack.core.ilm.SetPriorityAction;
import org.elasticsearch.xpack.core.ilm.TimeseriesLifecycleType;
import org.elasticsearch.xpack.core.ilm.WaitForSnapshotAction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Has the server's own parsers read what setup sends, also where the embedded node lacks the module. */
class ServerParsersTest {

    private static final NamedXContentRegistry REGISTRY = new NamedXContentRegistry(List.of(
            new NamedXContentRegistry.Entry(
                    LifecycleType.class,
                    new ParseField(TimeseriesLifecycleType.TYPE),
                    parser -> TimeseriesLifecycleType.INSTANCE),
            action(SetPriorityAction.NAME, SetPriorityAction::parse),
            action(ReadOnlyAction.NAME, ReadOnlyAction::parse),
            action(ForceMergeAction.NAME, ForceMergeAction::parse),
            action(DeleteAction.NAME, DeleteAction::parse),
            action(WaitForSnapshotAction.NAME, WaitForSnapshotAction::parse)));

    private static final TemplateFiles FILES = new TemplateFiles(
            new IndexSettings(1, "0-1", Duration.ofSeconds(1), Duration.ofMillis(500)),
            new RetentionSettings(10, Map.of(), Duration.ofHours(1), "nightly"),
            new ClusterAbilities(true, true, "nothing is missing"));

    @BeforeAll
    static void startAsTheServerDoes() {
        LogConfigurator.configureESLogging();
        // Its classes can be initialised in this order only.
        assertThat(IndexScopedSettings.BUILT_IN_INDEX_SETTINGS).isNotEmpty();
    }

    @Test
    void understandsTheLifecyclePolicies() throws IOException {
        for (Template policy : FILES.policies()) {
            assertThat(policy(policy.json()).getName()).isEqualTo("policy");
        }
        String wrong = FILES.policies().getFirst().json().replace("readonly", "rollover");
        assertThatThrownBy(() -> policy(wrong)).hasStackTraceContaining("rollover");
        String misplaced = FILES.policies().getLast().json().replace("\"delete\":{\"min_age\"", "\"hot\":{\"min_age\"");
        assertThatThrownBy(() -> policy(misplaced))
                .hasMessageContaining("invalid action [delete] defined in phase [hot]");
    }

    @Test
    void understandsTheTemplates() throws IOException {
        for (Template template : FILES.componentTemplates()) {
            assertThat(ComponentTemplate.parse(parser(template.json())).metadata())
                    .containsKey("metsuke.sha256");
        }
        for (Template template : FILES.indexTemplates()) {
            ComposableIndexTemplate read = ComposableIndexTemplate.parse(parser(template.json()));
            assertThat(read.indexPatterns()).containsExactly(template.name() + "-*");
            assertThat(Objects.requireNonNull(read.template()).settings())
                    .extracting(settings -> settings.get("index.lifecycle.name"))
                    .isEqualTo("metsuke-kept");
        }
        String wrong = FILES.indexTemplates().getFirst().json().replace("composed_of", "composed_off");
        assertThatThrownBy(() -> ComposableIndexTemplate.parse(parser(wrong))).hasMessageContaining("composed_off");
    }

    private static LifecyclePolicy policy(String json) throws IOException {
        String inner = new JsonMapper().readTree(json).get("policy").toString();
        LifecyclePolicy policy = LifecyclePolicy.parse(parser(inner), "policy");
        TimeseriesLifecycleType.INSTANCE.validate(policy.getPhases().values());
        return policy;
    }

    private static XContentParser parser(String json) throws IOException {
        return JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY.withRegistry(REGISTRY), json);
    }

    private static NamedXContentRegistry.Entry action(
            String name, CheckedFunction<XContentParser, LifecycleAction, IOException> parse) {
        return new NamedXContentRegistry.Entry(LifecycleAction.class, new ParseField(name), parse);
    }
}

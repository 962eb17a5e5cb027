package dev.metsuke.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.docker.KibanaFiles.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is sent to Kibana's and Elasticsearch's APIs has the shape that they take. */
class KibanaRequestsTest {

    private static final List<Request> REQUESTS = KibanaFiles.requests();
    private static final Map<String, String> ALERT_FIELDS = new IndexFields().of("metsuke-alerts-*");
    private static final Set<String> INDEX_PRIVILEGES =
            Set.of("read", "write", "view_index_metadata", "maintenance", "create_doc", "index", "auto_configure");
    private static final Set<String> CLUSTER_PRIVILEGES = Set.of("monitor", "manage_index_templates", "manage_ilm");
    private static final Set<String> SEVERITIES = Set.of("low", "medium", "high", "critical");

    static Stream<String> queryRules() {
        return REQUESTS.stream()
                .filter(request -> request.path().contains("/api/alerting/rule/"))
                .map(Request::file);
    }

    static Stream<String> roles() {
        return REQUESTS.stream()
                .filter(request -> request.path().contains("/api/security/role/"))
                .map(Request::file);
    }

    @Test
    void everyRequestGoesToAnApiThatIsKnownAndSpacesAreMadeBeforeTheyAreUsed() {
        List<String> spaces = new ArrayList<>();
        for (Request request : REQUESTS) {
            assertThat(request.verb()).isIn("put", "ensure", "import");
            assertThat(request.path())
                    .matches("(/s/[a-z-]+)?/api/(spaces/space/[a-z-]+|security/role/[a-z-]+"
                            + "|saved_objects/_import\\?overwrite=true|alerting/rule/[a-z-]+"
                            + "|detection_engine/index|detection_engine/rules\\?rule_id=[a-z-]+)");
            assertThat(request.make().isEmpty()).isEqualTo(!request.verb().equals("ensure"));
            if (request.path().startsWith("/api/spaces/space/")) {
                spaces.add(KibanaFiles.json(request.file()).path("id").asString());
                assertThat(request.path()).endsWith("/" + spaces.getLast());
            }
            if (request.path().startsWith("/s/")) {
                assertThat(spaces).contains(request.path().split("/", -1)[2]);
                assertThat(request.make().isEmpty()
                                || request.make()
                                        .startsWith("/s/" + request.path().split("/", -1)[2]))
                        .isTrue();
            }
        }
    }

    @Test
    void everyFileIsSent() throws IOException {
        try (Stream<Path> files = Files.walk(KibanaFiles.FOLDER)) {
            List<String> bodies = files.filter(Files::isRegularFile)
                    .map(file -> KibanaFiles.FOLDER.relativize(file).toString())
                    .filter(file -> file.endsWith("json"))
                    .toList();

            assertThat(REQUESTS.stream()
                            .map(Request::file)
                            .filter(file -> !file.equals("-"))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(bodies);
        }
    }

    @ParameterizedTest
    @MethodSource("queryRules")
    void queryRuleTakesEachAlertOfItsRuleByItself(String file) {
        JsonNode rule = KibanaFiles.json(file);
        JsonNode params = rule.path("params");
        JsonNode filters = KibanaFiles.parse(params.path("esQuery").asString()).at("/query/bool/filter");

        assertThat(rule.path("rule_type_id").asString()).isEqualTo(".es-query");
        assertThat(rule.propertyNames())
                .containsExactlyInAnyOrder(
                        "name", "tags", "rule_type_id", "consumer", "enabled", "schedule", "actions", "params");
        assertThat(params.propertyNames())
                .containsExactlyInAnyOrder(
                        "searchType",
                        "index",
                        "timeField",
                        "esQuery",
                        "size",
                        "timeWindowSize",
                        "timeWindowUnit",
                        "thresholdComparator",
                        "threshold",
                        "aggType",
                        "groupBy",
                        "termField",
                        "termSize",
                        "excludeHitsFromPreviousRun",
                        "sourceFields");
        assertThat(params.at("/index/0").asString()).isEqualTo("metsuke-alerts-*");
        assertThat(ALERT_FIELDS)
                .containsEntry(params.path("timeField").asString(), "date")
                .containsEntry(params.path("termField").asString(), "keyword");
        assertThat(params.path("sourceFields"))
                .allSatisfy(field -> {
                    assertThat(ALERT_FIELDS)
                            .containsEntry(field.path("searchPath").asString(), "keyword");
                    assertThat(field.path("label")).isEqualTo(field.path("searchPath"));
                })
                .extracting(field -> field.path("label").asString())
                .contains("event.url");
        assertThat(filters)
                .isNotEmpty()
                .allSatisfy(filter -> filter.properties().forEach(clause -> {
                    assertThat(clause.getKey()).isIn("term", "terms");
                    assertThat(ALERT_FIELDS)
                            .containsKeys(clause.getValue().propertyNames().toArray(new String[0]));
                }));
        assertThat(filters.at("/1/term/rule.id").asString() + ".json")
                .isEqualTo(Path.of(file).getFileName().toString());
    }

    /** Elastic Security copies a document's fields into its own alert, and shows this one, of the Elastic Common Schema, as a link. */
    @Test
    void securityRuleTakesTheLinkOverFromEachAlert() {
        JsonNode rule = KibanaFiles.json("rules/security.json");

        assertThat(ALERT_FIELDS).containsEntry("event.url", "keyword");
        assertThat(texts(rule.at("/investigation_fields/field_names"))).startsWith("event.url");
        assertThat(rule.path("note").asString()).contains("`event.url`");
    }

    @Test
    void securityRuleTakesNameSeverityAndRiskFromEachAlert() {
        JsonNode rule = KibanaFiles.json("rules/security.json");

        assertThat(rule.propertyNames())
                .contains("rule_id", "name", "description", "type", "query", "index", "severity", "risk_score");
        assertThat(rule.path("type").asString()).isEqualTo("query");
        assertThat(rule.path("language").asString()).isEqualTo("kuery");
        assertThat(KibanaFiles.fieldsOf(rule.path("query").asString()))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(ALERT_FIELDS).containsKey(field));
        assertThat(ALERT_FIELDS)
                .containsKey(rule.path("rule_name_override").asString())
                .containsEntry(rule.at("/risk_score_mapping/0/field").asString(), "long");
        List<String> mapped = new ArrayList<>();
        rule.path("severity_mapping").forEach(mapping -> {
            assertThat(ALERT_FIELDS).containsKey(mapping.path("field").asString());
            assertThat(mapping.path("value")).isEqualTo(mapping.path("severity"));
            mapped.add(mapping.path("severity").asString());
        });
        assertThat(mapped).containsExactlyInAnyOrderElementsOf(SEVERITIES);
        assertThat(rule.at("/investigation_fields/field_names"))
                .allSatisfy(field -> assertThat(ALERT_FIELDS).containsKey(field.asString()));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void roleOpensOneSpaceAndGivesNoPrivilegeOverTheCluster(String file) {
        JsonNode role = KibanaFiles.json(file);

        assertThat(role.at("/elasticsearch/cluster")).isEmpty();
        assertThat(role.path("kibana")).hasSize(1);
        assertThat(role.at("/kibana/0/spaces")).hasSize(1);
        assertThat(role.at("/kibana/0/base/0").asString()).isIn("read", "all");
        role.at("/elasticsearch/indices").forEach(KibanaRequestsTest::checkIndices);
    }

    @Test
    void auditorMayOnlyRead() {
        JsonNode role = KibanaFiles.json("roles/auditor.json");

        assertThat(role.at("/kibana/0/base/0").asString()).isEqualTo("read");
        role.at("/elasticsearch/indices")
                .forEach(indices -> assertThat(texts(indices.path("privileges")))
                        .containsExactlyInAnyOrder("read", "view_index_metadata"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup", "archive", "console"})
    void apiKeyHasKnownPrivilegesForTheArchivesIndices(String part) {
        JsonNode key = KibanaFiles.json("../setup/api-keys.d/" + part + ".json");
        JsonNode role = key.at("/role_descriptors/metsuke-" + part);

        assertThat(key.path("name").asString()).isEqualTo("metsuke-" + part);
        assertThat(CLUSTER_PRIVILEGES).containsAll(texts(role.path("cluster")));
        role.path("indices").forEach(KibanaRequestsTest::checkIndices);
    }

    @Test
    void archiveMayCreateEventsButNotChangeOrDeleteThem() {
        JsonNode indices =
                KibanaFiles.json("../setup/api-keys.d/archive.json").at("/role_descriptors/metsuke-archive/indices");

        indices.forEach(entry -> {
            if (texts(entry.path("names")).contains("metsuke-access-events-*")) {
                assertThat(texts(entry.path("privileges")))
                        .containsExactlyInAnyOrder("create_doc", "read", "auto_configure", "view_index_metadata");
            } else {
                // An alert is the one document that is rewritten.
                assertThat(texts(entry.path("names"))).containsExactly("metsuke-alerts-*");
            }
        });
        assertThat(indices).hasSize(2);
    }

    private static void checkIndices(JsonNode indices) {
        IndexFields fields = new IndexFields();
        assertThat(INDEX_PRIVILEGES).containsAll(texts(indices.path("privileges")));
        assertThat(texts(indices.path("names")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(
                                name.startsWith(".") || !fields.of(name).isEmpty())
                        .as(name)
                        .isTrue());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}

package dev.metsuke.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.access.Role;
import dev.metsuke.console.alerts.KibanaLink;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Kibana's saved objects hang together, and speak of fields that the index templates have. */
class KibanaObjectsTest {

    private static final Map<String, JsonNode> OBJECTS = KibanaFiles.savedObjects();
    private static final IndexFields FIELDS = new IndexFields();
    private static final String DATA_VIEW = "index-pattern";
    private static final String ALL_RECORDS = "___records___";

    /** The operations in use, and the types of field that each can work on. */
    private static final Map<String, Set<String>> OPERATIONS = Map.of(
            "terms", Set.of("keyword", "ip", "long"),
            "date_histogram", Set.of("date"),
            "sum", Set.of("long"),
            "max", Set.of("long", "date"),
            "unique_count", Set.of("keyword", "ip", "long"));

    static Stream<String> dataViews() {
        return keys(DATA_VIEW);
    }

    static Stream<String> lenses() {
        return keys("lens");
    }

    static Stream<String> searches() {
        return keys("search");
    }

    static Stream<String> dashboards() {
        return keys("dashboard");
    }

    @Test
    void hasADashboardForEachQuestion() {
        assertThat(dashboards())
                .containsExactly(
                        "dashboard:metsuke-overview",
                        "dashboard:metsuke-account",
                        "dashboard:metsuke-dataset",
                        "dashboard:metsuke-shipping");
    }

    @Test
    void everyReferenceLeadsToAnObject() {
        OBJECTS.forEach((key, object) -> assertThat(references(object).values())
                .as("references of %s", key)
                .allSatisfy(to -> assertThat(OBJECTS).containsKey(to)));
    }

    @Test
    void everyObjectSaysByWhichVersionItIsWritten() {
        assertThat(OBJECTS.values()).allSatisfy(object -> {
            assertThat(object.path("coreMigrationVersion").asString()).isEqualTo("8.8.0");
            assertThat(object.path("typeMigrationVersion").asString()).matches("\\d+\\.\\d+\\.\\d+");
        });
    }

    @Test
    void everyObjectIsShownByADashboardOrIsADataView() {
        Set<String> shown = new LinkedHashSet<>();
        dashboards().forEach(key -> shown.addAll(references(object(key)).values()));

        assertThat(OBJECTS.keySet())
                .filteredOn(key -> !key.startsWith(DATA_VIEW) && !key.startsWith("dashboard"))
                .allSatisfy(key -> assertThat(shown).contains(key));
    }

    @ParameterizedTest
    @MethodSource("dataViews")
    void dataViewStandsForIndicesOfATemplate(String key) {
        JsonNode attributes = object(key).path("attributes");
        Map<String, String> fields = FIELDS.of(attributes.path("title").asString());

        assertThat(fields).containsEntry(attributes.path("timeFieldName").asString(), "date");
        JsonNode formats = KibanaFiles.parse(attributes.path("fieldFormatMap").asString());
        assertThat(fields.keySet()).containsAll(formats.propertyNames());
    }

    @Test
    void anAlertsIdLeadsToItsPageInTheConsole() {
        JsonNode formats = KibanaFiles.parse(object("index-pattern:metsuke-alerts")
                .at("/attributes/fieldFormatMap")
                .asString());

        assertThat(formats.at("/metsuke.alert.id/id").asString()).isEqualTo("url");
        assertThat(formats.at("/metsuke.alert.id/params/urlTemplate").asString())
                .isEqualTo("@CONSOLE_URL@/alerts/{{value}}");
    }

    @Test
    void anAlertsOwnLinkIsShownAsOne() {
        JsonNode formats = KibanaFiles.parse(object("index-pattern:metsuke-alerts")
                .at("/attributes/fieldFormatMap")
                .asString());

        assertThat(formats.at("/event.url/id").asString()).isEqualTo("url");
        assertThat(formats.at("/event.url/params/urlTemplate").asString()).isEqualTo("{{rawValue}}");
    }

    @Test
    void theConsolesWayBackLeadsToADashboardOfTheReadersSpace() throws MalformedDocumentException {
        KibanaLink link = new KibanaLink(URI.create("http://kibana"));
        JsonDocument alert = JsonDocument.parse("""
            {"user": {"id": "sato"}, "event": {"start": "2026-11-24T02:00:00Z", "end": "2026-11-24T03:00:00Z"}}
            """.getBytes(StandardCharsets.UTF_8));
        Pattern address = Pattern.compile("http://kibana/s/([a-z-]+)/app/dashboards#/view/([a-z-]+)[?].*");

        for (Role role : List.of(Role.OFFICER, Role.AUDITOR)) {
            assertThat(address.matcher(String.valueOf(link.to(alert, Set.of(role))))
                            .results())
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(KibanaFiles.requests())
                                .extracting(KibanaFiles.Request::path)
                                .contains("/s/" + found.group(1) + "/api/saved_objects/_import?overwrite=true");
                        assertThat(OBJECTS).containsKey("dashboard:" + found.group(2));
                        assertThat(FIELDS.of("metsuke-alerts-*")).containsKey("user.id");
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void lensReadsFieldsThatItsIndicesHave(String key) {
        JsonNode state = object(key).at("/attributes/state");
        Map<String, String> fields = fieldsOfDataView(object(key), "indexpattern-datasource-layer-layer");
        JsonNode layer = state.at("/datasourceStates/formBased/layers/layer");
        List<String> columns = List.copyOf(layer.path("columns").propertyNames());

        assertThat(texts(layer.path("columnOrder"))).containsExactlyElementsOf(columns);
        assertThat(KibanaFiles.fieldsOf(state.at("/query/query").asString()))
                .allSatisfy(field -> assertThat(fields).containsKey(field));
        layer.path("columns").forEach(column -> checkColumn(column, columns, fields));
        assertThat(accessors(object(key).at("/attributes/visualizationType").asString(), state.path("visualization")))
                .isNotEmpty()
                .isSubsetOf(columns);
    }

    @ParameterizedTest
    @MethodSource("searches")
    void searchShowsFieldsThatItsIndicesHave(String key) {
        JsonNode attributes = object(key).path("attributes");
        JsonNode source = KibanaFiles.parse(
                attributes.at("/kibanaSavedObjectMeta/searchSourceJSON").asString());
        Map<String, String> fields =
                fieldsOfDataView(object(key), source.path("indexRefName").asString());

        assertThat(fields).containsKeys(texts(attributes.path("columns")).toArray(new String[0]));
        assertThat(fields).containsKey(attributes.at("/sort/0/0").asString());
        assertThat(KibanaFiles.fieldsOf(source.at("/query/query").asString()))
                .allSatisfy(field -> assertThat(fields).containsKey(field));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void dashboardShowsEachOfItsPanelsOnceAndNoneOverAnother(String key) {
        JsonNode dashboard = object(key);
        Map<String, String> references = references(dashboard);
        JsonNode panels =
                KibanaFiles.parse(dashboard.at("/attributes/panelsJSON").asString());
        List<String> used = new ArrayList<>();
        boolean[][] taken = new boolean[200][48];
        for (JsonNode panel : panels) {
            String reference = panel.path("panelIndex").asString() + ":"
                    + panel.path("panelRefName").asString();
            used.add(reference);
            assertThat(references.getOrDefault(reference, ""))
                    .startsWith(panel.path("type").asString() + ":");
            JsonNode grid = panel.path("gridData");
            for (int y = grid.path("y").asInt();
                    y < grid.path("y").asInt() + grid.path("h").asInt();
                    y++) {
                for (int x = grid.path("x").asInt();
                        x < grid.path("x").asInt() + grid.path("w").asInt();
                        x++) {
                    assertThat(taken[y][x]).as("%s at %s,%s", reference, x, y).isFalse();
                    taken[y][x] = true;
                }
            }
        }
        JsonNode controls = controls(dashboard);
        controls.properties().forEach(control -> {
            String reference = "controlGroup_" + control.getKey() + ":optionsListDataView";
            used.add(reference);
            assertThat(fieldsOfDataView(dashboard, reference))
                    .containsKey(
                            control.getValue().at("/explicitInput/fieldName").asString());
        });

        assertThat(used).containsExactlyInAnyOrderElementsOf(references.keySet());
    }

    private static JsonNode controls(JsonNode dashboard) {
        JsonNode controls = dashboard.at("/attributes/controlGroupInput/panelsJSON");
        return KibanaFiles.parse(controls.isMissingNode() ? "{}" : controls.asString());
    }

    private static void checkColumn(JsonNode column, List<String> columns, Map<String, String> fields) {
        String field = column.path("sourceField").asString();
        String operation = column.path("operationType").asString();
        if (operation.equals("count")) {
            assertThat(field).isEqualTo(ALL_RECORDS);
            return;
        }
        assertThat(fields).containsKey(field);
        assertThat(OPERATIONS).containsKey(operation);
        assertThat(OPERATIONS.getOrDefault(operation, Set.of()))
                .as("%s of %s", operation, field)
                .contains(fields.getOrDefault(field, ""));
        if (operation.equals("terms")) {
            assertThat(columns).contains(column.at("/params/orderBy/columnId").asString());
        }
    }

    private static List<String> accessors(String type, JsonNode visualization) {
        List<String> accessors = new ArrayList<>();
        switch (type) {
            case "lnsMetric" ->
                accessors.add(visualization.path("metricAccessor").asString());
            case "lnsDatatable" ->
                visualization
                        .path("columns")
                        .forEach(column -> accessors.add(column.path("columnId").asString()));
            case "lnsXY" ->
                visualization.path("layers").forEach(layer -> {
                    accessors.add(layer.path("xAccessor").asString());
                    accessors.addAll(texts(layer.path("accessors")));
                    if (layer.has("splitAccessor")) {
                        accessors.add(layer.path("splitAccessor").asString());
                    }
                });
            default -> throw new AssertionError("a visualization that this test does not know: " + type);
        }
        return accessors;
    }

    private static Map<String, String> fieldsOfDataView(JsonNode object, String reference) {
        String view = references(object).getOrDefault(reference, "");
        assertThat(view).as("reference %s", reference).startsWith(DATA_VIEW + ":");
        return FIELDS.of(object(view).at("/attributes/title").asString());
    }

    /** {@code type:id} by the reference's name. */
    private static Map<String, String> references(JsonNode object) {
        Map<String, String> references = new LinkedHashMap<>();
        object.path("references")
                .forEach(reference -> references.put(reference.path("name").asString(), KibanaFiles.key(reference)));
        return references;
    }

    private static JsonNode object(String key) {
        JsonNode object = OBJECTS.get(key);
        if (object == null) {
            throw new AssertionError("objects.ndjson has no " + key);
        }
        return object;
    }

    private static Stream<String> keys(String type) {
        return OBJECTS.keySet().stream().filter(key -> key.startsWith(type + ":"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}

package dev.metsuke.archive.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.setup.TemplateFiles.Template;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Evidence;
import dev.metsuke.events.alert.ReadOnDay;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.retention.LegalHold;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.SeenRevision;
import dev.metsuke.events.triage.TriageAction;
import dev.metsuke.events.triage.TriageStep;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TemplateFilesTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final IndexSettings SETTINGS =
            new IndexSettings(2, "0-1", Duration.ofSeconds(5), Duration.ofSeconds(2));
    private static final RetentionSettings RETENTION = new RetentionSettings(10, Map.of(), Duration.ofHours(1), null);
    private static final Instant TIME = Instant.parse("2026-11-24T00:00:00Z");

    /** What the server's core knows without further modules. */
    private static final Set<String> CORE_TYPES =
            Set.of("keyword", "text", "date", "ip", "long", "boolean", "flattened", "binary");

    @Test
    void mapsEveryFieldOfAnEvent() {
        List<JsonNode> mapped = mapping(ArchiveIndex.ACCESS_EVENTS);
        for (String path : AccessEventJson.fieldPaths()) {
            assertThat(isMapped(mapped, path)).as(path).isTrue();
        }
    }

    @Test
    void mapsEveryFieldOfAnAlert() {
        Evidence evidence = new Evidence("e", TIME, Action.READ, "crm.customers", 1L);
        Alert alert = new Alert(
                "id",
                Rule.BULK_READ,
                new AccountId("yamada"),
                "crm.customers",
                AlertState.WITHDRAWN,
                Severity.HIGH,
                TIME,
                TIME,
                "headline",
                "observed",
                "expected",
                1,
                1,
                0,
                List.of(evidence),
                List.of(new ReadOnDay(
                        LocalDate.parse("2026-11-01"), 7, List.of(new ReadOnDay.OfDataset("crm.customers", 7)))),
                Map.of("ceiling", "500"),
                "1",
                "name",
                "department",
                "because");
        assertMapped(ArchiveIndex.ALERTS, alert.toJson());
    }

    @Test
    void mapsEveryFieldOfStatusReport() {
        StatusReport report = new StatusReport(
                "e", "r", new AccountId("sato"), Status.TRANSFERRED, TIME, TIME, "department", "note", "hr", "1007");
        assertMapped(ArchiveIndex.ACCOUNT_STATUS, report.toJson());
    }

    @Test
    void mapsEveryFieldOfASeal() {
        SealKeyPair key = SealKeyPair.generate();
        assertMapped(
                ArchiveIndex.SEALS,
                Seal.sign("db1/crm", 1, ChainHead.GENESIS, TIME, List.of("seal-1"), key)
                        .toJson());
        assertMapped(
                ArchiveIndex.SEALS,
                KeyAnnouncement.sign("db1", key.publicKey(), TIME, key).toJson());
        assertMapped(
                ArchiveIndex.SEALS,
                KeyRevocation.sign("db1", key.publicKey().id(), TIME, "lost", TIME, key)
                        .toJson());
    }

    @Test
    void mapsEveryFieldOfWhatDecides() {
        AccountId sato = new AccountId("sato");
        assertMapped(
                ArchiveIndex.EXPORT_APPROVALS,
                new ExportApproval("e", "A-1", sato, "crm.customers", TIME, TIME, 7, "CHG-1", TIME, "mori", "note")
                        .toJson());
        assertMapped(ArchiveIndex.POLICY, new PublishedPolicy("e", "v1", "policy: {}", TIME, "mori", "note").toJson());
        assertMapped(
                ArchiveIndex.DIRECTORY,
                new DirectoryEntry(sato, "1007", "Sato", "sato@example.jp", "Sales", "regular", "office", TIME)
                        .toJson("mori"));
    }

    @Test
    void mapsEveryFieldOfWhatIsDoneAboutAnAlert() {
        AccountId sato = new AccountId("sato");
        SeenRevision seen = new SeenRevision(7, Severity.HIGH);
        assertMapped(
                ArchiveIndex.TRIAGE,
                new TriageAction(
                                "e",
                                "a",
                                sato,
                                Rule.BULK_READ,
                                TriageStep.RESOLVE,
                                "mori",
                                TIME,
                                seen,
                                null,
                                Resolution.CONFIRMED,
                                "why")
                        .toJson());
        assertMapped(
                ArchiveIndex.TRIAGE,
                new TriageAction(
                                "e",
                                "a",
                                sato,
                                Rule.BULK_READ,
                                TriageStep.ASSIGN,
                                "mori",
                                TIME,
                                seen,
                                "kato",
                                null,
                                null)
                        .toJson());
    }

    @Test
    void mapsEveryFieldOfHoldsAndDeletions() {
        LegalHold hold =
                new LegalHold("e", "H", new AccountId("sato"), TIME, TIME.plusSeconds(1), "why", TIME, "mori", null);
        assertMapped(
                ArchiveIndex.RETENTION,
                hold.released("f", new LegalHold.Release(TIME, "mori", "settled"))
                        .toJson());
        assertMapped(
                ArchiveIndex.RETENTION,
                new IndexDeletion("metsuke-alerts-2016.01", "u", 7, TIME, 10, List.of("H"), TIME).toJson());
    }

    @ParameterizedTest
    @EnumSource(ArchiveIndex.class)
    void usesNoTypeThatTheCoreLacksWhereTheClusterHasNoMore(ArchiveIndex index) {
        List<String> types = new ArrayList<>();
        mapping(index).forEach(properties -> collectTypes(properties, types));
        assertThat(types).isNotEmpty().isSubsetOf(CORE_TYPES);
    }

    @Test
    void usesWildcardWhereTheClusterHasIt() {
        TemplateFiles files =
                new TemplateFiles(SETTINGS, RETENTION, new ClusterAbilities(true, true, "nothing is missing"));
        assertThat(tree(files.componentTemplates().getLast())
                        .at("/template/mappings/properties/url/properties/path/type")
                        .stringValue())
                .isEqualTo("wildcard");
        assertThat(files.withoutWildcard()).isEmpty();
    }

    @Test
    void tellsWhichFieldsAreKeywordsForWantOfWildcard() {
        assertThat(bare().withoutWildcard()).containsExactly("url.original", "url.path");
    }

    @Test
    void everyKindFollowsThePolicyThatDeletesNothing() {
        TemplateFiles files =
                new TemplateFiles(SETTINGS, RETENTION, new ClusterAbilities(true, true, "nothing is missing"));
        assertThat(files.indexTemplates())
                .hasSameSizeAs(ArchiveIndex.values())
                .allSatisfy(template -> assertThat(tree(template)
                                .at("/template/settings/index.lifecycle.name")
                                .stringValue())
                        .isEqualTo("metsuke-kept"));
        assertThat(bare().indexTemplates())
                .noneMatch(template -> template.json().contains("lifecycle"));
    }

    @Test
    void usesOnlyWhatEveryNodeCanDo() {
        JsonNode answer =
                MAPPER.readTree("{\"nodes\":{\"a\":{\"modules\":[{\"name\":\"wildcard\"},{\"name\":\"x-pack-ilm\"}]},"
                        + "\"b\":{\"modules\":[{\"name\":\"x-pack-ilm\"}]}}}");
        ClusterAbilities abilities = ClusterAbilities.ofModules(ClusterAbilities.onEveryNode(answer));
        assertThat(abilities.lifecycle()).isTrue();
        assertThat(abilities.wildcard()).isFalse();
    }

    @Test
    void settingsReachTheTemplate() {
        JsonNode index = tree(bare().componentTemplates().getFirst()).at("/template/settings/index");
        assertThat(index.get("number_of_shards").intValue()).isEqualTo(2);
        assertThat(index.get("auto_expand_replicas").stringValue()).isEqualTo("0-1");
        assertThat(index.get("refresh_interval").stringValue()).isEqualTo("5000ms");
        assertThat(index.get("codec").stringValue()).isEqualTo("best_compression");
    }

    @Test
    void alertsAreFoundSooner() {
        assertThat(bare().indexTemplates())
                .filteredOn(template -> tree(template)
                        .at("/template/settings/index.refresh_interval")
                        .isString())
                .extracting(template -> template.name() + " "
                        + tree(template)
                                .at("/template/settings/index.refresh_interval")
                                .stringValue())
                .containsExactly("metsuke-alerts 2000ms");
    }

    @Test
    void fingerprintFollowsTheContent() {
        Template some = bare().componentTemplates().getFirst();
        Template same = bare().componentTemplates().getFirst();
        Template other = new TemplateFiles(
                        new IndexSettings(3, "0-1", Duration.ofSeconds(5), Duration.ofSeconds(2)),
                        RETENTION,
                        ClusterAbilities.ofModules(Set.of()))
                .componentTemplates()
                .getFirst();
        assertThat(same.fingerprint()).isEqualTo(some.fingerprint());
        assertThat(other.fingerprint()).isNotEqualTo(some.fingerprint());
        assertThat(tree(some).at("/_meta/metsuke.sha256").stringValue()).isEqualTo(some.fingerprint());
    }

    @Test
    void deletesOnlyWhatWasHandedOver() {
        List<Template> policies = bare().policies();
        assertThat(tree(policies.getFirst()).at("/policy/phases").propertyNames())
                .containsExactly("hot", "warm", "cold");
        assertThat(tree(policies.getLast()).at("/policy/phases").propertyNames())
                .containsExactly("delete");
    }

    @Test
    void waitsForSnapshotsWhereThereAreAny() {
        RetentionSettings withSnapshots = new RetentionSettings(10, Map.of(), Duration.ofHours(1), "nightly");
        TemplateFiles files = new TemplateFiles(SETTINGS, withSnapshots, ClusterAbilities.ofModules(Set.of()));
        String path = "/policy/phases/delete/actions/wait_for_snapshot/policy";
        assertThat(tree(files.policies().getLast()).at(path).stringValue()).isEqualTo("nightly");
        assertThat(tree(bare().policies().getLast()).at(path).isMissingNode()).isTrue();
    }

    private static TemplateFiles bare() {
        return new TemplateFiles(SETTINGS, RETENTION, ClusterAbilities.ofModules(Set.of("transport-netty4")));
    }

    private static void assertMapped(ArchiveIndex index, byte[] document) {
        List<String> leaves = new ArrayList<>();
        collectLeaves(MAPPER.readTree(document), "", leaves);
        assertThat(leaves).isNotEmpty();
        List<JsonNode> mapped = mapping(index);
        for (String path : leaves) {
            assertThat(isMapped(mapped, path)).as(path).isTrue();
        }
    }

    /** The properties of all templates that an index is composed of. */
    private static List<JsonNode> mapping(ArchiveIndex index) {
        TemplateFiles files = bare();
        List<JsonNode> properties = new ArrayList<>();
        files.componentTemplates()
                .forEach(template -> properties.add(tree(template).at("/template/mappings/properties")));
        files.indexTemplates().stream()
                .filter(template -> template.name().equals(index.family()))
                .forEach(template -> properties.add(tree(template).at("/template/mappings/properties")));
        return properties;
    }

    private static boolean isMapped(List<JsonNode> mapped, String path) {
        return mapped.stream().anyMatch(properties -> isMapped(properties, path));
    }

    private static boolean isMapped(JsonNode properties, String path) {
        int dot = path.indexOf('.');
        JsonNode field = properties.path(dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            return field.path("type").isString();
        }
        return "flattened".equals(field.path("type").stringValue(null))
                || isMapped(field.path("properties"), path.substring(dot + 1));
    }

    private static void collectLeaves(JsonNode node, String path, List<String> leaves) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collectLeaves(
                            entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), leaves));
        } else if (node.isArray()) {
            node.forEach(element -> collectLeaves(element, path, leaves));
        } else {
            leaves.add(path);
        }
    }

    private static void collectTypes(JsonNode properties, List<String> types) {
        properties.forEach(field -> {
            if (field.has("type")) {
                types.add(field.get("type").stringValue());
            }
            collectTypes(field.path("properties"), types);
            collectTypes(field.path("fields"), types);
        });
    }

    private static JsonNode tree(Template template) {
        return MAPPER.readTree(template.json());
    }
}

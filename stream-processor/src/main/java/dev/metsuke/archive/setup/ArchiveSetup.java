package dev.metsuke.archive.setup;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.transport.TransportException;
import dev.metsuke.archive.retention.Lifecycle;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.setup.TemplateFiles.Template;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.operations.setup.SetupReport.Line;
import dev.metsuke.operations.setup.SetupReport.Outcome;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the archive's templates, and where the cluster has them the lifecycle policies, to what this version wants. */
public final class ArchiveSetup {

    private static final int NOT_FOUND = 404;

    private final ElasticsearchClient client;
    private final ClusterAbilities abilities;
    private final TemplateFiles files;
    private final List<Line> lines = new ArrayList<>();

    private ArchiveSetup(
            ElasticsearchClient client,
            ClusterAbilities abilities,
            IndexSettings settings,
            RetentionSettings retention) {
        this.client = client;
        this.abilities = abilities;
        this.files = new TemplateFiles(settings, retention, abilities);
    }

    /**
     * Creates what is absent, updates what differs, leaves the rest alone. Indices that exist keep their mapping.
     *
     * @throws IOException where the cluster cannot be reached or refuses
     */
    public static SetupReport apply(ElasticsearchClient client, IndexSettings settings, RetentionSettings retention)
            throws IOException {
        try {
            return new ArchiveSetup(client, ClusterAbilities.of(client), settings, retention).apply();
        } catch (ElasticsearchException e) {
            throw new IOException(
                    "Elasticsearch refused to be set up (" + e.getMessage()
                            + "); the API key needs the privileges manage_index_templates and, with lifecycle"
                            + " management, manage_ilm",
                    e);
        } catch (IOException e) {
            throw new IOException("Elasticsearch cannot be reached (" + e + "); check elasticsearch.url", e);
        }
    }

    /** Whether the cluster has index lifecycle management, and so merges and deletes indices itself. */
    public static boolean hasLifecycle(ElasticsearchClient client) throws IOException {
        return ClusterAbilities.of(client).lifecycle();
    }

    /** Why the archive must not write yet: without its templates Elasticsearch would guess the fields' types. */
    public static Optional<String> obstacle(ElasticsearchClient client) {
        try {
            for (ArchiveIndex index : ArchiveIndex.values()) {
                if (!client.indices()
                        .existsIndexTemplate(get -> get.name(index.family()))
                        .value()) {
                    return Optional.of("Elasticsearch has no index template " + index.family() + "; run metsuke setup");
                }
            }
            return Optional.empty();
        } catch (ElasticsearchException e) {
            return Optional.of(
                    "Elasticsearch does not tell whether its templates are in place (" + e.getMessage() + ")");
        } catch (TransportException e) {
            // What is asked for without a body is refused without a reason.
            return Optional.of("Elasticsearch does not tell whether its templates are in place (HTTP status "
                    + e.statusCode() + ")" + ElasticsearchConnection.hint(e.statusCode()));
        } catch (IOException e) {
            return Optional.of("Elasticsearch cannot be reached (" + e + "); check elasticsearch.url");
        }
    }

    private SetupReport apply() throws IOException {
        applyPolicies();
        for (Template template : files.componentTemplates()) {
            apply(
                    template,
                    "component template",
                    componentFingerprint(template.name()),
                    () -> client.cluster()
                            .putComponentTemplate(
                                    put -> put.name(template.name()).withJson(new StringReader(template.json())))
                            .acknowledged());
        }
        for (Template template : files.indexTemplates()) {
            apply(
                    template,
                    "index template",
                    indexFingerprint(template.name()),
                    () -> client.indices()
                            .putIndexTemplate(
                                    put -> put.name(template.name()).withJson(new StringReader(template.json())))
                            .acknowledged());
        }
        List<String> withoutWildcard = files.withoutWildcard();
        if (!withoutWildcard.isEmpty()) {
            lines.add(new Line(
                    "field type wildcard",
                    Outcome.LEFT_OUT,
                    abilities.because() + "; " + String.join(", ", withoutWildcard)
                            + " are keyword, of which values longer than 2,048 characters are kept but not found"));
        }
        return new SetupReport(lines);
    }

    private void applyPolicies() throws IOException {
        for (Template policy : files.policies()) {
            if (abilities.lifecycle()) {
                apply(
                        policy,
                        "lifecycle policy",
                        policyFingerprint(policy.name()),
                        () -> client.ilm()
                                .putLifecycle(put -> put.name(policy.name()).withJson(new StringReader(policy.json())))
                                .acknowledged());
            } else {
                lines.add(new Line(
                        "lifecycle policy " + policy.name(),
                        Outcome.LEFT_OUT,
                        abilities.because() + "; metsuke archive itself "
                                + (policy.name().equals(Lifecycle.KEPT)
                                        ? "merges past months and makes them read-only"
                                        : "deletes what has expired")));
            }
        }
    }

    private void apply(Template template, String kind, Found found, Put put) throws IOException {
        String subject = kind + " " + template.name();
        if (template.fingerprint().equals(found.fingerprint())) {
            lines.add(new Line(subject, Outcome.UNCHANGED, null));
        } else if (!put.acknowledged()) {
            lines.add(new Line(subject, Outcome.PROBLEM, "not every node acknowledged it in time; run setup again"));
        } else if (found.present()) {
            lines.add(new Line(subject, Outcome.UPDATED, "it takes effect with the next month's index"));
        } else {
            lines.add(new Line(subject, Outcome.CREATED, null));
        }
    }

    private Found componentFingerprint(String name) throws IOException {
        return found(() -> client.cluster()
                .getComponentTemplate(get -> get.name(name))
                .componentTemplates()
                .getFirst()
                .componentTemplate()
                .meta());
    }

    private Found indexFingerprint(String name) throws IOException {
        return found(() -> client.indices()
                .getIndexTemplate(get -> get.name(name))
                .indexTemplates()
                .getFirst()
                .indexTemplate()
                .meta());
    }

    private Found policyFingerprint(String name) throws IOException {
        return found(() -> {
            var lifecycle = client.ilm()
                    .getLifecycle(get -> get.name(name))
                    .lifecycles()
                    .get(name);
            return lifecycle == null ? Map.of() : lifecycle.policy().meta();
        });
    }

    private static Found found(Get get) throws IOException {
        try {
            JsonData fingerprint = get.meta().get(TemplateFiles.FINGERPRINT);
            return new Found(true, fingerprint == null ? null : fingerprint.to(String.class));
        } catch (ElasticsearchException e) {
            if (e.status() == NOT_FOUND) {
                return new Found(false, null);
            }
            throw e;
        }
    }

    /**
     * What the cluster has under a name.
     *
     * @param present whether there is anything
     * @param fingerprint which version of it, where it is one of ours
     */
    private record Found(boolean present, @Nullable String fingerprint) {}

    @FunctionalInterface
    private interface Get {
        Map<String, JsonData> meta() throws IOException;
    }

    @FunctionalInterface
    private interface Put {
        boolean acknowledged() throws IOException;
    }
}

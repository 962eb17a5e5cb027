package dev.metsuke.archive.retention;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ShardStatistics;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.CountResponse;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.IndicesBlockOptions;
import dev.metsuke.events.archive.ArchiveIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The archive's indices in the cluster; {@code lifecycle} is whether the cluster closes and deletes them itself. */
final class ArchiveIndices {

    private static final int NOT_FOUND = 404;

    private final ElasticsearchClient client;
    private final boolean lifecycle;

    ArchiveIndices(ElasticsearchClient client, boolean lifecycle) {
        this.client = client;
        this.lifecycle = lifecycle;
    }

    /** Those that have a kind and a month; others, and those that an operator closed to searches, are nobody's business. */
    List<StoredIndex> all() throws IOException {
        List<StoredIndex> indices = new ArrayList<>();
        List<String> patterns =
                Arrays.stream(ArchiveIndex.values()).map(ArchiveIndex::pattern).toList();
        client.indices()
                .getSettings(get -> get.index(patterns).ignoreUnavailable(true).allowNoIndices(true))
                .settings()
                .forEach((name, state) -> {
                    IndexSettings settings =
                            state.settings() == null ? null : state.settings().index();
                    stored(name, settings).ifPresent(indices::add);
                });
        return indices;
    }

    private static Optional<StoredIndex> stored(String name, @Nullable IndexSettings settings) {
        if (settings == null) {
            return Optional.empty();
        }
        boolean closed = settings.blocks() != null
                && Boolean.TRUE.equals(settings.blocks().write());
        boolean handedOver = settings.lifecycle() != null
                && Lifecycle.EXPIRED.equals(settings.lifecycle().name());
        return Arrays.stream(ArchiveIndex.values())
                .flatMap(kind -> kind
                        .monthOf(name)
                        .map(month -> new StoredIndex(
                                name,
                                kind,
                                month,
                                Objects.requireNonNullElse(settings.uuid(), "unknown"),
                                closed,
                                handedOver))
                        .stream())
                .findFirst();
    }

    /**
     * How many documents of an index match.
     *
     * @throws IOException where not every shard answered, since then nobody knows
     */
    long count(String index, Query query) throws IOException {
        CountResponse answer = client.count(
                count -> count.index(index).ignoreUnavailable(false).query(query));
        ShardStatistics shards = answer.shards();
        if (shards.failed().intValue() > 0
                || shards.successful().intValue() < shards.total().intValue()) {
            throw new IOException("not every shard of " + index + " told how many documents it has");
        }
        return answer.count();
    }

    /** Whether a search finds the document of this {@code event.id} in any index of a kind. */
    boolean isThere(ArchiveIndex kind, String eventId) throws IOException {
        return count(
                        kind.pattern(),
                        Query.of(query ->
                                query.term(term -> term.field("event.id").value(eventId))))
                > 0;
    }

    /** No more writes; one segment searches faster and takes less room. */
    void close(String index) throws IOException {
        client.indices().addBlock(add -> add.index(index).block(IndicesBlockOptions.Write));
        client.indices()
                .forcemerge(merge -> merge.index(index).maxNumSegments(1L).waitForCompletion(false));
    }

    /** Takes the block away that {@link #close} put. */
    void open(String index) throws IOException {
        client.indices()
                .putSettings(
                        put -> put.index(index).settings(settings -> settings.blocks(blocks -> blocks.write(false))));
    }

    /** At once, or by the cluster's lifecycle management when its conditions are met. */
    void delete(String index) throws IOException {
        if (lifecycle) {
            follow(index, Lifecycle.EXPIRED);
            return;
        }
        try {
            client.indices().delete(delete -> delete.index(index));
        } catch (ElasticsearchException e) {
            // Another instance was quicker.
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Undoes {@link #delete} where the cluster has not deleted it yet. */
    void takeBack(String index) throws IOException {
        follow(index, Lifecycle.KEPT);
    }

    private void follow(String index, String policy) throws IOException {
        client.indices()
                .putSettings(put -> put.index(index).settings(settings -> settings.lifecycle(by -> by.name(policy))));
    }
}

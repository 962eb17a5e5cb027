package dev.metsuke.standalone.demo;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;

/** Counts what a search of the archive finds, all that was written so far included. */
final class ArchiveCounts implements AutoCloseable {

    private final ElasticsearchClient client;

    ArchiveCounts(ElasticsearchSettings elasticsearch) throws IOException {
        client = ElasticsearchConnection.open(elasticsearch);
    }

    long of(ArchiveIndex index) throws IOException {
        client.indices().refresh(refresh -> refresh.index(index.pattern()).ignoreUnavailable(true));
        return client.count(count -> count.index(index.pattern()).ignoreUnavailable(true))
                .count();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}

package dev.metsuke.standalone.command;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.console.search.Archive;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.WaitTeller;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * The archive, for a command that reads it: whoever waits for Elasticsearch is told so, and where that is silent, it is given up,
 * soon at the beginning and after some minutes later on.
 */
final class WatchedArchive implements AutoCloseable {

    private final ElasticsearchSettings settings;
    private final WaitTeller waiting;
    private final ElasticsearchClient brief;
    private final ElasticsearchClient client;

    private WatchedArchive(ElasticsearchSettings settings, PrintWriter err) throws IOException {
        this.settings = settings;
        waiting = WaitTeller.start(settings.url(), err);
        brief = ElasticsearchConnection.open(settings, Archive.CLIENT_PATIENCE, waiting);
        client = ElasticsearchConnection.open(settings, ElasticsearchConnection.OF_QUESTION, waiting);
    }

    /** Connects lazily. */
    static WatchedArchive of(SettingsFile settings, PrintWriter err) throws IOException {
        return new WatchedArchive(settings.section("elasticsearch", ElasticsearchSettings.class), err);
    }

    /** As the console sees it, a page at a time. */
    Archive pages() {
        return new Archive(brief, settings.url());
    }

    ElasticsearchClient client() {
        return client;
    }

    /** For what takes no time: to begin and to end. */
    ElasticsearchClient brief() {
        return brief;
    }

    @Override
    public void close() throws IOException {
        client.close();
        brief.close();
        waiting.close();
    }
}

package dev.metsuke.operations.search;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code elasticsearch}: how the archive and the console reach the cluster.
 *
 * @param url where its HTTP API is
 * @param apiKey an API key in the encoded form that Elasticsearch hands out; write {@code ${env:NAME}} or
 *     {@code ${file:PATH}} rather than the key itself
 * @param certificateAuthority a PEM file to trust instead of the system's authorities
 */
public record ElasticsearchSettings(
        @Default("http://127.0.0.1:9200") URI url,
        @Nullable String apiKey,
        @Nullable Path certificateAuthority) {

    public ElasticsearchSettings {
        Check.that()
                .holds(
                        url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())),
                        "url must be an http or https address, not " + url)
                .holds(
                        url.getUserInfo() == null,
                        "url must not hold a user and password, which every message about it would show; set api-key")
                .orThrow();
    }

    /** The settings for a node, all else by default. */
    public static ElasticsearchSettings of(URI url) {
        return new ElasticsearchSettings(url, null, null);
    }
}

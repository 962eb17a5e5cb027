package dev.metsuke.operations.search;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import dev.metsuke.operations.settings.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code elasticsearch}: how the archive and the console reach the cluster.
 *
 * @param url where its HTTP API is; of several nodes each one's, with commas
 * @param apiKey an API key in the encoded form that Elasticsearch hands out; write {@code ${env:NAME}} or
 *     {@code ${file:PATH}} rather than the key itself
 * @param certificateAuthority a PEM file to trust instead of the system's authorities
 */
public record ElasticsearchSettings(
        @Default("http://127.0.0.1:9200") String url,
        @Nullable String apiKey,
        @Nullable Path certificateAuthority) {

    /** Base64, that of a cloud with a name before it; what has a colon is the pair that is encoded. */
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/=_-]+");

    public ElasticsearchSettings {
        boolean holdsUser = url.contains("@");
        List<String> addresses = addresses(url).toList();
        List<URI> nodes =
                addresses.stream().flatMap(ElasticsearchSettings::node).toList();
        Check check = Check.that()
                .holds(!addresses.isEmpty(), "url must name a node, such as http://127.0.0.1:9200")
                .holds(
                        !holdsUser,
                        "url must not hold a user and password, which every message about it would show; set api-key")
                .holds(
                        areAlike(nodes, URI::getScheme),
                        "url must be http of every node or https of every node: the API key goes to each")
                .holds(
                        apiKey == null || ENCODED.matcher(apiKey).matches(),
                        "api-key must be the encoded key as Elasticsearch hands it out, of letters, digits and +/=_-;"
                                + " leave it out where the cluster asks for none")
                .holds(areAlike(nodes, URI::getPath), "url must have the same path for every node");
        for (String address : addresses) {
            check.holds(
                    holdsUser || node(address).anyMatch(WebAddress::isAbsentOrOne),
                    "url must be an http or https address, several with commas, not " + address + suggested(address));
        }
        check.orThrow();
    }

    /** The settings for a node, all else by default. */
    public static ElasticsearchSettings of(URI url) {
        return new ElasticsearchSettings(url.toString(), null, null);
    }

    /** Where each node is. */
    public List<URI> nodes() {
        return addresses(url).flatMap(ElasticsearchSettings::node).toList();
    }

    private static Stream<String> addresses(String url) {
        return Arrays.stream(url.split(",", -1)).map(String::strip).filter(address -> !address.isEmpty());
    }

    /** None where it is no address. */
    private static Stream<URI> node(String address) {
        try {
            return Stream.of(new URI(address.endsWith("/") ? address.substring(0, address.length() - 1) : address));
        } catch (URISyntaxException e) {
            return Stream.of();
        }
    }

    private static String suggested(String address) {
        String whole = "http://" + address;
        boolean lacksScheme = !address.contains("://") && node(whole).anyMatch(WebAddress::isAbsentOrOne);
        return lacksScheme ? "; write " + whole : "";
    }

    private static boolean areAlike(List<URI> nodes, Function<URI, @Nullable String> what) {
        return nodes.stream().map(what).distinct().count() <= 1;
    }
}

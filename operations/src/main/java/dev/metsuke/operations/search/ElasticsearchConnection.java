package dev.metsuke.operations.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.instrumentation.Instrumentation;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A client of the cluster, made from the settings; where a node refuses or is not reached, it asks the next one. */
public final class ElasticsearchConnection {

    /** Longer than anything takes that is asked for at once, over years of accesses too. */
    private static final Duration OF_LONG_WORK = Duration.ofMinutes(30);

    /**
     * Longer than one answer takes over years of accesses, of however many a command asks; and so short that another node can still be
     * asked for the same moment of the archive, which is kept for twice as long.
     */
    public static final Duration OF_QUESTION = Duration.ofMinutes(5);

    /** Longer than anything small takes on a busy cluster, such as a template or a count. */
    public static final Duration OF_SMALL_WORK = Duration.ofMinutes(1);

    private ElasticsearchConnection() {}

    /**
     * For work that may take long. Connects lazily: nothing is sent yet.
     *
     * @throws IOException where the certificate authority cannot be read
     */
    public static ElasticsearchClient open(ElasticsearchSettings settings) throws IOException {
        return open(settings, OF_LONG_WORK);
    }

    /**
     * The same for somebody who waits: a node that takes a request and is silent for this time is passed over for the next
     * one, and left alone for a minute or longer; after the last one the request fails.
     *
     * @throws IOException where the certificate authority cannot be read
     */
    public static ElasticsearchClient open(ElasticsearchSettings settings, Duration patience) throws IOException {
        return connect(settings, patience, null);
    }

    /**
     * The same, watched.
     *
     * @param watch told of each request and of its end
     * @throws IOException where the certificate authority cannot be read
     */
    public static ElasticsearchClient open(ElasticsearchSettings settings, Duration patience, Instrumentation watch)
            throws IOException {
        return connect(settings, patience, watch);
    }

    private static ElasticsearchClient connect(
            ElasticsearchSettings settings, Duration patience, @Nullable Instrumentation watch) throws IOException {
        List<URI> nodes = settings.nodes();
        Rest5ClientBuilder builder = Rest5Client.builder(nodes)
                .setRequestConfigCallback(request -> request
                        // Requests that are never answered hold all connections.
                        .setConnectionRequestTimeout(Timeout.of(patience))
                        .setResponseTimeout(Timeout.of(patience)));
        if (settings.apiKey() != null) {
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "ApiKey " + settings.apiKey())});
        }
        Path authority = settings.certificateAuthority();
        if (authority != null) {
            builder.setSSLContext(trust(authority));
        }
        Rest5Client client = builder.build();
        return ElasticsearchClient.of(config -> config.hosts(nodes)
                .transportFactory(made -> new Rest5ClientTransport(client, made.mapper(), null, watch)));
    }

    /** Where a client reaches, for messages. */
    public static String addresses(ElasticsearchClient client) {
        return client._transport() instanceof Rest5ClientTransport transport
                ? transport.restClient().getNodes().stream()
                        .map(node -> node.getHost().toURI())
                        .collect(Collectors.joining(", "))
                : "";
    }

    /** That a request failed, for people: where, by which setting, and why. */
    public static String describe(String addresses, IOException failure) {
        return "Elasticsearch at " + addresses + " does not answer"
                + (failure instanceof InterruptedIOException ? " in time" : "") + " (" + reason(failure)
                + "); check elasticsearch.url";
    }

    /** What to do where a request was answered by an HTTP status that tells it; else nothing. */
    public static String hint(int status) {
        return status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN
                ? "; check elasticsearch.api-key, and which privileges it has"
                : "";
    }

    /** Why a request failed, in the client's own words. */
    public static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** The index that was asked, and that somebody closed; where a pattern matches it, only to a question that expands to closed ones. */
    public static Optional<String> closedIndex(ElasticsearchException refusal) {
        ErrorCause error = refusal.error();
        return "index_closed_exception".equals(error.type())
                ? Optional.ofNullable(error.metadata().get("index")).map(name -> name.to(String.class))
                : Optional.empty();
    }

    /** Whether a request failed as the last node that was asked took it and was silent. */
    public static boolean isSilence(@Nullable Throwable failure) {
        return failure instanceof SocketTimeoutException && !(failure instanceof ConnectTimeoutException);
    }

    /**
     * Trusts one authority.
     *
     * @throws IOException where it cannot be read
     */
    public static SSLContext trust(Path authority) throws IOException {
        byte[] pem;
        try {
            pem = Files.readAllBytes(authority);
        } catch (IOException e) {
            // Its own message may be the file's name alone.
            throw new IOException(
                    "elasticsearch.certificate-authority " + authority + " cannot be read (" + e + ")", e);
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("authority-" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException("elasticsearch.certificate-authority " + authority + " holds no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("elasticsearch.certificate-authority " + authority + " is not a PEM certificate", e);
        }
    }
}

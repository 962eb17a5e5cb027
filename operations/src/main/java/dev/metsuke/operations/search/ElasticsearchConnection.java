package dev.metsuke.operations.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of the cluster, made from the settings. */
public final class ElasticsearchConnection {

    private ElasticsearchConnection() {}

    /**
     * Connects lazily: nothing is sent yet.
     *
     * @throws IOException where the certificate authority cannot be read
     */
    public static ElasticsearchClient open(ElasticsearchSettings settings) throws IOException {
        @Nullable SSLContext trust = trust(settings.certificateAuthority());
        return ElasticsearchClient.of(builder -> {
            builder.host(settings.url().toString());
            if (settings.apiKey() != null) {
                builder.apiKey(settings.apiKey());
            }
            if (trust != null) {
                builder.sslContext(trust);
            }
            return builder;
        });
    }

    private static @Nullable SSLContext trust(@Nullable Path authority) throws IOException {
        if (authority == null) {
            return null;
        }
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + count++, certificate);
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

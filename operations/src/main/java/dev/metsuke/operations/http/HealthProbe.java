package dev.metsuke.operations.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks a part how it is and exits with 0 where the answer is 200, else with 1: the health check of images that have no
 * other HTTP client. A program of its own, since the whole command takes four times as long to start.
 */
public final class HealthProbe {

    private static final int TIMEOUT_MILLIS = 5_000;

    private HealthProbe() {}

    /** Takes one argument, such as {@code http://127.0.0.1:8090/live}. */
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("give one address, such as http://127.0.0.1:8090/live");
            System.exit(2);
        }
        Finding finding = ask(URI.create(args[0]));
        System.out.println(finding.says());
        System.exit(finding.well() ? 0 : 1);
    }

    static Finding ask(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            boolean well = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream body = well ? connection.getInputStream() : connection.getErrorStream()) {
                String says = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Finding(well, says.strip());
            }
        } catch (IOException e) {
            return new Finding(false, address + " does not answer: " + e);
        }
    }

    /**
     * What came of it.
     *
     * @param well whether the answer was 200
     * @param says the answer's text, or why there is none
     */
    record Finding(boolean well, String says) {}
}

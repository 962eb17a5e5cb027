package dev.metsuke.events.seal;

import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One object between {@code -----BEGIN X-----} and {@code -----END X-----} (RFC 7468). */
final class Pem {

    private static final int LINE = 64;
    private static final byte[] NEW_LINE = {'\n'};

    private Pem() {}

    static String encode(byte[] der, String label) {
        return begin(label) + "\n" + Base64.getMimeEncoder(LINE, NEW_LINE).encodeToString(der) + "\n" + end(label)
                + "\n";
    }

    static byte[] decode(String pem, String label) throws MalformedDocumentException {
        int begin = pem.indexOf(begin(label));
        int end = pem.indexOf(end(label));
        if (begin < 0 || end < begin) {
            throw new MalformedDocumentException("no " + begin(label) + " in it");
        }
        String body = pem.substring(begin + begin(label).length(), end);
        try {
            return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("what stands between the PEM lines is not base64", e);
        }
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    private static String end(String label) {
        return "-----END " + label + "-----";
    }
}

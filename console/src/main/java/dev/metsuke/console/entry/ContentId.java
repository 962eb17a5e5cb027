package dev.metsuke.console.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names what was entered by its content, so that the same words twice are one thing. */
public final class ContentId {

    private ContentId() {}

    /** A UUID (version 8, RFC 9562) out of the SHA-256 of the parts. */
    public static String of(@Nullable String... parts) {
        StringBuilder content = new StringBuilder();
        for (String part : parts) {
            content.append(part == null ? "" : part).append('\u0000');
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(hash);
            long high = (bits.getLong() & ~0xF000L) | 0x8000L;
            long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

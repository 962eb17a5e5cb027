package dev.metsuke.shipper.tail;

import io.airlift.compress.v3.zstd.ZstdJavaInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How a rotated file is packed; its name tells. */
public enum Compression {
    NONE("", ""),
    GZIP(".gz", "\u001F\u008B"),
    ZSTD(".zst", "(\u00B5/\u00FD");

    private static final int INPUT_BUFFER = 64 * 1024;

    private final String suffix;
    /** The bytes that it begins with, each as a character. */
    private final String signature;

    Compression(String suffix, String signature) {
        this.suffix = suffix;
        this.signature = signature;
    }

    public static Compression of(Path path) {
        String name = path.toString();
        return name.endsWith(GZIP.suffix) ? GZIP : name.endsWith(ZSTD.suffix) ? ZSTD : NONE;
    }

    /** Whether a file that begins with these bytes is packed, whatever its name: no text begins so. */
    public static boolean isSignature(byte[] head) {
        String begins = new String(head, StandardCharsets.ISO_8859_1);
        return begins.startsWith(GZIP.signature) || begins.startsWith(ZSTD.signature);
    }

    /** The content, unpacked as it is read. */
    public InputStream unpack(InputStream stored) throws IOException {
        return switch (this) {
            case NONE -> stored;
            case GZIP -> new GZIPInputStream(stored, INPUT_BUFFER);
            case ZSTD -> new ZstdJavaInputStream(new ZstdDataFrames(stored, INPUT_BUFFER));
        };
    }

    /** The content of a file that is broken, as far as it is whole; null where unpacking gives all of that. */
    @Nullable
    InputStream unpackBroken(InputStream stored) {
        return this == ZSTD ? new ZstdJavaInputStream(new ZstdDataFrames(stored, INPUT_BUFFER, true)) : null;
    }
}

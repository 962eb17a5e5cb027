package dev.metsuke.shipper.tail;

import io.airlift.compress.v3.zstd.ZstdJavaInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** How a rotated file is packed; its name tells. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private static final int INPUT_BUFFER = 64 * 1024;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    public static Compression of(Path path) {
        String name = path.toString();
        return name.endsWith(GZIP.suffix) ? GZIP : name.endsWith(ZSTD.suffix) ? ZSTD : NONE;
    }

    /** The content, unpacked as it is read. */
    public InputStream unpack(InputStream stored) throws IOException {
        return switch (this) {
            case NONE -> stored;
            case GZIP -> new GZIPInputStream(stored, INPUT_BUFFER);
            case ZSTD -> new ZstdJavaInputStream(new ZstdDataFrames(stored, INPUT_BUFFER));
        };
    }
}

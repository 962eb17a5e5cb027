package dev.metsuke.benchmarks.archive;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Documents as Elasticsearch's bulk API takes them: a line that says what to do, and one with the document. */
final class BulkFile {

    private static final int BUFFER = 1 << 20;
    private static final byte[] NEXT = "\n{\"create\":".getBytes(StandardCharsets.UTF_8);

    private BulkFile() {}

    /** Writes one; each document is created under its id. */
    static final class Writer implements AutoCloseable {

        private final OutputStream out;

        Writer(Path file) throws IOException {
            out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        }

        void add(String id, byte[] json) throws IOException {
            out.write(("{\"create\":{\"_id\":\"" + id + "\"}}\n").getBytes(StandardCharsets.UTF_8));
            out.write(json);
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Takes a part of the file that is a bulk by itself. */
    interface Bulks {

        void bulk(byte[] body) throws IOException, InterruptedException;
    }

    /** Cuts the file into bulks of so many bytes at most. */
    static void read(Path file, int bytes, Bulks bulks) throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            byte[] buffer = new byte[bytes];
            int kept = 0;
            while (true) {
                int length = kept + in.readNBytes(buffer, kept, bytes - kept);
                if (length == 0) {
                    return;
                }
                int end = length < bytes ? length : endOfLast(buffer);
                bulks.bulk(Arrays.copyOf(buffer, end));
                kept = length - end;
                System.arraycopy(buffer, end, buffer, 0, kept);
            }
        }
    }

    private static int endOfLast(byte[] buffer) {
        for (int at = buffer.length - NEXT.length; at > 0; at--) {
            if (Arrays.equals(buffer, at, at + NEXT.length, NEXT, 0, NEXT.length)) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("a document is longer than a bulk of " + buffer.length + " bytes");
    }
}

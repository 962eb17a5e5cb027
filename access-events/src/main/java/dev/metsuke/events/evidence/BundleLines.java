package dev.metsuke.events.evidence;

import dev.metsuke.events.json.MalformedDocumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An entry of a bundle, line by line. */
final class BundleLines implements AutoCloseable {

    /** In bytes; Kafka's records are a small part of that, and a part of the proof has a thousand hashes. */
    static final int LONGEST = 1 << 26;

    private final String name;
    private final InputStream in;
    private long number;

    /**
     * The lines.
     *
     * @param name of the entry
     */
    BundleLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** Without its end; null where nothing more comes. An empty line is a line: readers of events may step over it. */
    byte @Nullable [] next() throws IOException, MalformedDocumentException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == LONGEST) {
                throw malformed("it is longer than " + LONGEST + " bytes");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    /** What is wrong with the line that was read last. */
    MalformedDocumentException malformed(String because) {
        return new MalformedDocumentException(name + " line " + number + ": " + because);
    }

    /** The same where a reader says what. */
    MalformedDocumentException malformed(MalformedDocumentException because) {
        return new MalformedDocumentException(name + " line " + number + ": " + because.getMessage(), because);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dev.metsuke.shipper.seal;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.SealRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what is committed to a file, a line each. It holds up nothing: what cannot be written now is written with the
 * next.
 */
public final class SealFile {

    private static final Logger LOG = LoggerFactory.getLogger(SealFile.class);

    /** Some eight thousand seals. */
    private static final int LOOKED_THROUGH = 4 * 1024 * 1024;

    /** As a record says its own; seals tell of others by theirs. */
    private static final String ID = "\"id\":\"";

    private final Path file;
    private final List<SealRecord> waiting = new ArrayList<>();

    public SealFile(Path file) {
        this.file = file;
    }

    /**
     * Appends what is not among the file's last whole lines: what a crash kept from it, say, or cut short. What was signed
     * before the first of those lines stands further up.
     */
    public void complete(List<? extends SealRecord> committed) {
        try {
            String end = wholeLines(end());
            Instant since = since(end);
            append(committed.stream()
                    .filter(record -> !end.contains(ID + record.id() + "\"")
                            && !record.signedAt().isBefore(since))
                    .toList());
        } catch (IOException e) {
            waiting.addAll(committed);
            complain(e);
        }
    }

    public void append(List<? extends SealRecord> records) {
        waiting.addAll(records);
        if (waiting.isEmpty()) {
            return;
        }
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                ByteBuffer lines = ByteBuffer.wrap(lines(endsWithinALine()));
                while (lines.hasRemaining()) {
                    channel.write(lines);
                }
                channel.force(true);
            }
            waiting.clear();
        } catch (IOException e) {
            complain(e);
        }
    }

    private byte[] lines(boolean behindATornOne) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        if (behindATornOne) {
            lines.write('\n');
        }
        for (SealRecord record : waiting) {
            lines.writeBytes(record.toJson());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** As a crash, or a full disk, may have left it. */
    private boolean endsWithinALine() throws IOException {
        if (!Files.isReadable(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    private static String wholeLines(String end) {
        return end.substring(0, end.lastIndexOf('\n') + 1);
    }

    private String end() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = Math.max(0, channel.size() - LOOKED_THROUGH);
            ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - start));
            while (end.hasRemaining() && channel.read(end, start + end.position()) >= 0) {
                // On to the end.
            }
            return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
        }
    }

    /** When the first whole one of a long file's last lines was signed; of a short file all lines are looked at. */
    private Instant since(String end) throws IOException {
        int first = end.indexOf('\n') + 1;
        int behind = end.indexOf('\n', first);
        if (!Files.exists(file) || Files.size(file) <= LOOKED_THROUGH || behind < 0) {
            return Instant.MIN;
        }
        try {
            return SealRecord.fromJson(end.substring(first, behind).getBytes(StandardCharsets.UTF_8))
                    .signedAt();
        } catch (MalformedDocumentException e) {
            return Instant.MIN;
        }
    }

    private void complain(IOException e) {
        LOG.error(
                "{} seals cannot be appended to {} ({}); they are in metsuke.seals and are tried again here with the"
                        + " next",
                waiting.size(),
                file,
                e.toString());
    }
}

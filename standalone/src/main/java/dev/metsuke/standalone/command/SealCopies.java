package dev.metsuke.standalone.command;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.seal.SealRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file has of seals, and of what is said of their keys, a line each.
 *
 * @param records those that can be read
 * @param passedOver which lines cannot, such as one that a crash cut short, and why
 */
record SealCopies(List<SealRecord> records, List<String> passedOver) {

    SealCopies {
        records = List.copyOf(records);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it cannot be read, or has lines of which none is a seal: it is another file then
     */
    static SealCopies read(Path file) throws IOException {
        List<SealRecord> records = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        // A reader of this kind takes bytes that are no text as well.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    records.add(SealRecord.fromJson(line.getBytes(StandardCharsets.UTF_8)));
                } catch (MalformedDocumentException e) {
                    passedOver.add(file + " line " + number + " is passed over, it is no seal: " + e.getMessage());
                }
            }
        }
        if (records.isEmpty() && !passedOver.isEmpty()) {
            throw new IOException("no line of it is a seal: " + passedOver.getFirst());
        }
        return new SealCopies(records, passedOver);
    }
}

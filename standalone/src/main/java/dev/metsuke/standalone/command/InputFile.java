package dev.metsuke.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that the user named. */
final class InputFile {

    private InputFile() {}

    static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + "); name an existing file", e);
        }
    }
}

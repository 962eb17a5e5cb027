package dev.metsuke.shipper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which inodes new files are given. */
interface Inodes {

    /** Creates an empty file where none is. */
    void create(Path path) throws IOException;

    void delete(Path path) throws IOException;

    static long of(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino");
    }

    /** Given as the file system likes: those of deleted files soon again, or never. */
    static Inodes ofTheFileSystem() {
        return new Inodes() {
            @Override
            public void create(Path path) throws IOException {
                Files.createFile(path);
            }

            @Override
            public void delete(Path path) throws IOException {
                Files.delete(path);
            }
        };
    }
}

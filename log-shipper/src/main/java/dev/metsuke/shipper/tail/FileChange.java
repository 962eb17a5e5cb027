package dev.metsuke.shipper.tail;

import java.nio.file.Path;

/** What happened to a file between two scans. */
public sealed interface FileChange {

    FileKey key();

    /** Stands where none with its key stood before. */
    record Created(SeenFile file) implements FileChange {
        @Override
        public FileKey key() {
            return file.key();
        }
    }

    /** Has grown, or was written without growing. */
    record Written(SeenFile file) implements FileChange {
        @Override
        public FileKey key() {
            return file.key();
        }
    }

    /** Is shorter than it was. */
    record Truncated(SeenFile file) implements FileChange {
        @Override
        public FileKey key() {
            return file.key();
        }
    }

    /** Stands elsewhere; what else happened to it follows as a change of its own. */
    record Renamed(SeenFile file, Path from) implements FileChange {
        @Override
        public FileKey key() {
            return file.key();
        }
    }

    /** No longer found by the source's globs. */
    record Deleted(SeenFile file) implements FileChange {
        @Override
        public FileKey key() {
            return file.key();
        }
    }
}

package dev.metsuke.shipper.tail;

/**
 * What one file holds from its beginning until it begins anew.
 *
 * @param file device and inode
 * @param generation how often the file had begun anew: it was truncated, or its inode was given to another
 */
public record ContentKey(FileKey file, long generation) {

    @Override
    public String toString() {
        return file + ":" + generation;
    }
}

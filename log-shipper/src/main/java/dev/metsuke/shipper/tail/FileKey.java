package dev.metsuke.shipper.tail;

/**
 * What a file keeps when it is renamed.
 *
 * @param device the number of the file system's device
 * @param inode the file's number in it
 */
public record FileKey(long device, long inode) {

    @Override
    public String toString() {
        return device + ":" + inode;
    }
}

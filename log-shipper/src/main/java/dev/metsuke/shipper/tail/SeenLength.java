package dev.metsuke.shipper.tail;

import java.nio.file.Path;

/**
 * How much of a content was seen.
 *
 * @param bytes of its beginning
 * @param at where its file stood then; it may since have been renamed, or its inode given to another
 */
public record SeenLength(long bytes, Path at) {

    SeenLength orLonger(long otherBytes, Path otherAt) {
        return otherBytes > bytes ? new SeenLength(otherBytes, otherAt) : this;
    }

    SeenLength plus(long more, Path moreAt) {
        return more > 0 ? new SeenLength(bytes + more, moreAt) : this;
    }
}

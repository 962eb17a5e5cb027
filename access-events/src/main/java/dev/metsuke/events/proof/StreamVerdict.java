package dev.metsuke.events.proof;

import dev.metsuke.events.seal.Seal;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a stream, or of a part of it.
 *
 * @param stream the stream
 * @param first the first line that was looked at
 * @param last the last line that follows from it, without a gap
 * @param listed how many of those were there, rather than only their hashes
 * @param sealed the last line that a seal proves; less than {@code first} where none does
 * @param seals how many seals were met
 * @param before the last seal that was met, before the finding if there is one
 * @param after the first seal behind the finding
 * @param finding what is wrong; null if nothing is
 */
public record StreamVerdict(
        String stream,
        long first,
        long last,
        long listed,
        long sealed,
        long seals,
        @Nullable Seal before,
        @Nullable Seal after,
        @Nullable Finding finding) {

    /** Lines behind the last seal: they follow, but could be cut off, or others put in their place, unnoticed. */
    public long unsealed() {
        return last - Math.max(sealed, first - 1);
    }

    /** The verdict of a stream of which this is the last part, and lines between the two are gone. */
    public StreamVerdict behind(StreamVerdict earlier) {
        return new StreamVerdict(
                stream,
                earlier.listed == 0 ? first : earlier.first,
                last,
                earlier.listed + listed,
                Math.max(earlier.sealed, sealed),
                earlier.seals + seals,
                before == null ? earlier.before : before,
                after,
                finding);
    }

    /** The same with another finding. */
    public StreamVerdict with(Finding other) {
        return new StreamVerdict(stream, first, last, listed, sealed, seals, before, after, other);
    }
}

package dev.metsuke.archive.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that nobody has looked into: what is likely to lie behind it can be asked for before that is done.
 *
 * @param json the answer of {@code _search}, sorted by one number
 * @param size how many documents were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RawAnswer(byte[] json, int size) {

    private static final byte[] SORT = "\"sort\":[".getBytes(StandardCharsets.US_ASCII);

    public RawPage page() throws IOException {
        return RawPage.parse(json, size);
    }

    /** What {@link RawPage#end} will most likely be: the last that looks like it. Null where nothing does. */
    public @Nullable List<Object> likelyEnd() {
        for (int at = json.length - SORT.length; at >= 0; at--) {
            int behind = at + SORT.length;
            if (Arrays.equals(json, at, behind, SORT, 0, SORT.length)) {
                try {
                    return List.of(new JsonWalk(json, behind).number());
                } catch (IOException none) {
                    return null;
                }
            }
        }
        return null;
    }
}

package dev.metsuke.detect.state;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CompactWriter} wrote, in the same order. */
public final class CompactReader {

    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private int position;

    public CompactReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public long number() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (number >>> 1) ^ -(number & 1);
            }
        }
    }

    public int count() {
        return Math.toIntExact(number());
    }

    public @Nullable Long optionalNumber() {
        return number() == 0 ? null : (Long) number();
    }

    public String text() {
        int length = count();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    /** Text that is a name, of which there are few: as a rule one string for one name. */
    public String name() {
        int length = count();
        String name = Names.shared(bytes, position, length);
        position += length;
        return name;
    }

    public byte[] bytes() {
        int length = count();
        if (length == 0) {
            return NOTHING;
        }
        byte[] read = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return read;
    }

    public @Nullable String optionalText() {
        return number() == 0 ? null : text();
    }

    public @Nullable String optionalName() {
        return number() == 0 ? null : name();
    }

    public Instant time() {
        return Instant.ofEpochSecond(number(), number());
    }

    public @Nullable Instant optionalTime() {
        return number() == 0 ? null : time();
    }

    public boolean hasMore() {
        return position < bytes.length;
    }
}

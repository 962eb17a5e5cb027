package dev.metsuke.detect.state;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a value in few bytes: numbers of variable length, text with its length before it. */
public final class CompactWriter {

    private final GrowingBytes out = new GrowingBytes();

    /** Small numbers, also negative ones, take little room. */
    public CompactWriter number(long number) {
        out.writeVariable((number << 1) ^ (number >> 63));
        return this;
    }

    public CompactWriter optionalNumber(@Nullable Long number) {
        return number == null ? number(0) : number(1).number(number);
    }

    public CompactWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.write(bytes);
        return this;
    }

    public CompactWriter bytes(byte[] bytes) {
        number(bytes.length);
        out.write(bytes);
        return this;
    }

    public CompactWriter optionalText(@Nullable String text) {
        return text == null ? number(0) : number(1).text(text);
    }

    public CompactWriter time(Instant time) {
        return number(time.getEpochSecond()).number(time.getNano());
    }

    public CompactWriter optionalTime(@Nullable Instant time) {
        return time == null ? number(0) : number(1).time(time);
    }

    public byte[] bytes() {
        return out.copy();
    }
}

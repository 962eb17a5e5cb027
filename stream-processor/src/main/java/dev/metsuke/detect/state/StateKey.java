package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/** Writes keys that sort as their parts do: text by its bytes, times from past to future. */
public final class StateKey {

    private static final int END_OF_TEXT = 0;
    private static final int ESCAPE = 1;
    private static final int AFTER_EVERY_KEY = 0xff;

    private final GrowingBytes out = new GrowingBytes();

    private StateKey() {}

    public static StateKey of(AccountId account) {
        return ofText(account.value());
    }

    public static StateKey ofText(String text) {
        return new StateKey().text(text);
    }

    /** A part that ends by itself, so that no name is taken for the start of a longer one. */
    public StateKey text(String text) {
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each == END_OF_TEXT || each == ESCAPE) {
                out.write(ESCAPE);
                out.write(each + 1);
            } else {
                out.write(each);
            }
        }
        out.write(END_OF_TEXT);
        return this;
    }

    public StateKey time(Instant time) {
        number(time.getEpochSecond());
        out.writeFixed(time.getNano(), Integer.BYTES);
        return this;
    }

    public StateKey number(long number) {
        out.writeFixed(number ^ Long.MIN_VALUE, Long.BYTES);
        return this;
    }

    /** A small number, in a byte. */
    StateKey code(int code) {
        out.write(code);
        return this;
    }

    /** The key itself, or the least one that starts with it. */
    public Bytes first() {
        return Bytes.wrap(out.copy());
    }

    /** Above every key that starts with this one. */
    public Bytes last() {
        return Bytes.wrap(out.copyWith(AFTER_EVERY_KEY));
    }

    /** Reads a key's parts in the order in which they were written. */
    public static Reader read(Bytes key) {
        return new Reader(key.get());
    }

    /** A key, part by part. */
    public static final class Reader {

        private final ByteBuffer key;

        private Reader(byte[] bytes) {
            this.key = ByteBuffer.wrap(bytes);
        }

        public AccountId account() {
            return new AccountId(text());
        }

        public String text() {
            int start = key.position();
            boolean isPlain = true;
            for (byte each = key.get(); each != END_OF_TEXT; each = key.get()) {
                isPlain &= each != ESCAPE;
            }
            int end = key.position() - 1;
            return isPlain
                    ? new String(key.array(), start, end - start, StandardCharsets.UTF_8)
                    : unescaped(key.array(), start, end);
        }

        private static String unescaped(byte[] escaped, int start, int end) {
            GrowingBytes text = new GrowingBytes();
            for (int i = start; i < end; i++) {
                text.write(escaped[i] == ESCAPE ? escaped[++i] - 1 : escaped[i]);
            }
            return new String(text.copy(), StandardCharsets.UTF_8);
        }

        public Instant time() {
            return Instant.ofEpochSecond(number(), key.getInt());
        }

        int code() {
            return key.get();
        }

        public long number() {
            return key.getLong() ^ Long.MIN_VALUE;
        }

        boolean hasMore() {
            return key.hasRemaining();
        }
    }
}

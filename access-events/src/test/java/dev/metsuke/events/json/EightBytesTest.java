package dev.metsuke.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {

    private static final String ALPHABET = "\u0000\u001f\t !\"#[\\]\u007f\u0080\u009f\u00dc\u00ff";

    @Test
    void agreesWithLookingAtEachByte() {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] bytes = new byte[Long.BYTES];
        for (int round = 0; round < 20_000; round++) {
            long quotes = 0;
            int firstControl = -1;
            for (int i = bytes.length - 1; i >= 0; i--) {
                bytes[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                quotes |= bytes[i] == '"' ? 1L << (i * Byte.SIZE) : 0;
                firstControl = bytes[i] >= 0 && bytes[i] < ' ' ? i : firstControl;
            }

            long word = EightBytes.read(bytes, 0);

            assertThat(EightBytes.equal(word, EightBytes.ofEach('"')))
                    .as("round %d", round)
                    .isEqualTo(quotes);
            long controls = EightBytes.controls(word);
            assertThat(controls == 0 ? -1 : EightBytes.first(controls))
                    .as("round %d", round)
                    .isEqualTo(firstControl);
        }
    }

    @Test
    void writesWhatItRead() {
        byte[] bytes = {0, 1, -2, 3, 4, 5, 6, 7, 8, 9};
        byte[] copy = new byte[bytes.length];

        EightBytes.write(copy, 1, EightBytes.read(bytes, 1));

        assertThat(copy).containsExactly(0, 1, -2, 3, 4, 5, 6, 7, 8, 0);
    }
}

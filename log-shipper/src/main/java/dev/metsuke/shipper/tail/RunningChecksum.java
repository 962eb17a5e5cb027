package dev.metsuke.shipper.tail;

import java.util.zip.CRC32C;

/** CRC-32C that can be taken up again from its value alone, as after a restart; the JDK's cannot. */
final class RunningChecksum {

    /** Castagnoli's polynomial, its bits reversed. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int ONE = 1 << 31;
    private static final int[] POWERS = powers();

    private final CRC32C crc = new CRC32C();

    /** Of some bytes, and those behind them. */
    int append(int before, byte[] bytes, int from, int to) {
        crc.reset();
        crc.update(bytes, from, to - from);
        return combine(before, (int) crc.getValue(), (long) to - from);
    }

    /** Of two runs of bytes together, from each one's own (the method of zlib's crc32_combine). */
    private static int combine(int first, int second, long secondLength) {
        return multiply(power(secondLength), first) ^ second;
    }

    /** x to the power of 8n, modulo the polynomial. */
    private static int power(long n) {
        int product = ONE;
        int k = 3;
        for (long rest = n; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product = multiply(POWERS[k & 31], product);
            }
            k++;
        }
        return product;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int factor = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= factor;
            }
            factor = (factor & 1) != 0 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
        }
        return product;
    }

    private static int[] powers() {
        int[] powers = new int[32];
        powers[0] = 1 << 30;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = multiply(powers[i - 1], powers[i - 1]);
        }
        return powers;
    }
}

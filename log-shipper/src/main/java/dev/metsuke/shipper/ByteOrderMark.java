package dev.metsuke.shipper;

/** What some programs begin a file in UTF-8 with. */
final class ByteOrderMark {

    private ByteOrderMark() {}

    /** Where the text begins. */
    static int behind(byte[] bytes, int start, int end) {
        return end - start >= 3
                        && bytes[start] == (byte) 0xEF
                        && bytes[start + 1] == (byte) 0xBB
                        && bytes[start + 2] == (byte) 0xBF
                ? start + 3
                : start;
    }
}

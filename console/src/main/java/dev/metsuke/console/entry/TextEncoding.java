package dev.metsuke.console.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells in which encoding a spreadsheet program wrote a file: UTF-8 or UTF-16 by their mark, else UTF-8, else Shift_JIS. */
final class TextEncoding {

    /** What Japanese Windows calls Shift_JIS, with the characters that the standard lacks, such as 髙 and ①. */
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");

    private TextEncoding() {}

    /**
     * A file's text, without a byte order mark.
     *
     * @param text the text
     * @param encoding what it was written in
     */
    record Decoded(String text, Charset encoding) {}

    /** Empty where the bytes are text in none of the encodings. */
    static Optional<Decoded> decode(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decode(bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return decode(bytes, 0, StandardCharsets.UTF_8).or(() -> decode(bytes, 0, SHIFT_JIS));
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Decoded> decode(byte[] bytes, int from, Charset encoding) {
        try {
            String text = encoding.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(new Decoded(text, encoding));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

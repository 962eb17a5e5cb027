package dev.metsuke.shipper.parse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source's bytes are text.
 *
 * @param charset what the bytes are read as
 */
public record Encoding(Charset charset) {

    public static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ASCII = "\r\n\t \",:{}[]";
    private static final String OTHER = "ぁあいうえおかがアイウエオ一丁七亜表唖能構ソ가각ΑБ";
    /** Japanese logs', as settings name them: text in the last can be read in hardly any before it. */
    private static final List<String> LIKELY = List.of("UTF-8", "EUC-JP", "Shift_JIS");

    private static final char REPLACEMENT = '\uFFFD';

    /** By any name that Java knows, such as {@code UTF-8}, {@code MS932}, {@code EUC-JP}. */
    public static Encoding parse(String name) {
        Charset charset;
        try {
            charset = asMeant(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "no such encoding; it can be UTF-8, MS932 (Shift_JIS), EUC-JP, ISO-8859-1 and others", e);
        }
        if (!charset.canEncode()
                || !Arrays.equals(ASCII.getBytes(charset), ASCII.getBytes(StandardCharsets.US_ASCII))
                || hidesQuotes(charset)) {
            throw new IllegalArgumentException("lines, quotes and commas cannot be found in " + charset.name()
                    + ", which does not write them as single ASCII bytes; let the log be written in UTF-8, MS932"
                    + " (Shift_JIS), EUC-JP or ISO-8859-1");
        }
        return new Encoding(charset);
    }

    /** Who names one of these in Japan means the one that has ① and 髙 as well. */
    private static Charset asMeant(Charset named) {
        return switch (named.name()) {
            case "Shift_JIS" -> Charset.forName("windows-31j");
            case "EUC-JP" -> Charset.forName("x-eucJP-Open");
            default -> named;
        };
    }

    /** Whether the bytes of other characters may be those of a line end, a quote or a comma, as in ISO-2022-JP. */
    private static boolean hidesQuotes(Charset charset) {
        for (byte written : OTHER.getBytes(charset)) {
            if ("\r\n\",".indexOf(written) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether all of the bytes are text in this encoding. */
    public boolean reads(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, charset).indexOf(REPLACEMENT) < 0;
    }

    /** Which other encoding reads bytes that are no text in this one, as settings name it; null where none is likely. */
    public @Nullable String likelyOther(byte[] bytes, int start, int end) {
        return LIKELY.stream()
                .filter(name -> parse(name).reads(bytes, start, end))
                .findFirst()
                .orElse(null);
    }

    /** Bytes that are no text in this encoding are kept, written as {@code \xE6}. */
    public String decode(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, end - start, charset);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeKeepingBadBytes(bytes, start, end);
    }

    private String decodeKeepingBadBytes(byte[] bytes, int start, int end) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
        CharBuffer out = CharBuffer.allocate((end - start) * 4 + 16);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                break;
            }
            out.put("\\x").put(HEX.toHexDigits(in.get()));
            // A quote behind a byte that begins a character is a quote: it must not vanish with that byte.
            for (int i = 1; i < result.length() && in.get(in.position()) < 0; i++) {
                out.put("\\x").put(HEX.toHexDigits(in.get()));
            }
            decoder.reset();
        }
        return out.flip().toString();
    }

    @Override
    public String toString() {
        return charset.name();
    }
}

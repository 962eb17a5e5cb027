package dev.metsuke.shipper.parse;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A count as logs and reports write it: {@code 1234}, {@code 1.234e3}, {@code 1,234}, {@code 1,234件}, in any width. */
final class WholeNumber {

    private static final int SURELY_LONG = 18;
    private static final Pattern COUNTED = Pattern.compile("(\\d+|\\d{1,3}(?:,\\d{3})+)[件名人行]?");

    private WholeNumber() {}

    /** Null where the text is no whole number. */
    static @Nullable Long parse(String text) {
        try {
            return text.length() <= SURELY_LONG && isDigits(text) ? Long.valueOf(text) : (Long) exact(plain(text));
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String plain(String text) {
        String written = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        Matcher counted = COUNTED.matcher(written);
        return counted.matches() ? counted.group(1).replace(",", "") : written;
    }

    private static long exact(String text) {
        BigDecimal number = new BigDecimal(text);
        // Without the bound, 1e999999999 would be written out.
        if (number.precision() - number.scale() > 19) {
            throw new ArithmeticException("too large");
        }
        return number.longValueExact();
    }
}

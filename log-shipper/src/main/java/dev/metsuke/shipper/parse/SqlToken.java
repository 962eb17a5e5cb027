package dev.metsuke.shipper.parse;

import java.util.Locale;

/**
 * A piece of SQL.
 *
 * @param kind what it is
 * @param text a name without quotes, its parts joined by dots; the character of a symbol; what stands in MySQL's double
 *     quotes
 */
record SqlToken(Kind kind, String text) {

    /** What a piece is. */
    enum Kind {
        /** A key word or a name. */
        WORD,
        /** A name, and no key word. */
        QUOTED,
        /** MySQL's double quotes: a text, or under ANSI_QUOTES a name. */
        TEXT_OR_NAME,
        /** A number, a text or a parameter. */
        CONSTANT,
        SYMBOL
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    /** In lower case; nothing where it can be no key word. */
    String keyWord() {
        return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : "";
    }
}

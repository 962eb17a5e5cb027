package dev.metsuke.shipper.privacy;

import dev.metsuke.shipper.privacy.PersonalPattern.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Texts and what stands in their place, wherever in another text they occur, in capitals or small letters, and however they are
 * escaped there. The longest wins. What is only part of a longer word or number is another word or number and stays; so does a
 * number of up to four digits within a time, an address or a version, as its replacement there would tell which number it is.
 */
final class Replacements {

    /** Looking for longer ones would let a line be made that takes minutes. */
    static final int LONGEST_IDENTIFIER = 256;

    private static final int LONGEST_PATH = 2048;
    private static final int SHORT_NUMBER = 4;
    private static final int SHORT_PATH = 8;
    private static final String JOINING = ".:-";
    private static final String OF_PATHS = "/.~%-_";

    private final Node root = new Node();
    private boolean empty = true;
    private int shortestOverlong = Integer.MAX_VALUE;

    /** A piece of a text and what stands in its place. */
    record Piece(int start, int end, String replacement) {}

    boolean isEmpty() {
        return empty;
    }

    /** An identifier; the first replacement of a text stays. */
    void put(String text, String replacement) {
        if (text.length() > LONGEST_IDENTIFIER) {
            putOverlong(text.length());
            return;
        }
        boolean shortNumber = text.length() <= SHORT_NUMBER && text.chars().allMatch(Replacements::isDigit);
        put(text, replacement, shortNumber ? Kind.SHORT_NUMBER : Kind.WORD);
    }

    /** A URL or its path, with the identifiers in it replaced. */
    void putPath(String text, String replacement) {
        if (text.length() > LONGEST_PATH) {
            putOverlong(text.length());
            return;
        }
        put(text, replacement, text.length() <= SHORT_PATH ? Kind.SHORT_PATH : Kind.WORD);
    }

    /** An identifier of so many characters, too long to be looked for. */
    void putOverlong(int length) {
        shortestOverlong = Math.min(shortestOverlong, length);
    }

    private void put(String text, String replacement, Kind kind) {
        if (text.isEmpty()) {
            return;
        }
        Node node = root;
        for (int i = 0; i < text.length(); i++) {
            node = node.next.computeIfAbsent(folded(text.charAt(i)), _ -> new Node());
        }
        if (node.replacement == null) {
            node.replacement = replacement;
            node.kind = kind;
        }
        empty = false;
    }

    /** What stands in the place of this text as a whole, or null. */
    @Nullable
    String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Node node = root;
        for (int i = 0; node != null && i < text.length(); i++) {
            node = node.next.get(folded(text.charAt(i)));
        }
        return node == null ? null : node.replacement;
    }

    /** Whether a text may hold an identifier too long to be looked for. */
    boolean withholds(String text) {
        return text.length() >= shortestOverlong;
    }

    /**
     * The text with every occurrence replaced, and the pieces that are known already; nothing of a text that it
     * {@linkplain #withholds withholds}.
     */
    String replaceIn(String text, List<Piece> known) {
        return replaceIn(text, known, List.of());
    }

    /**
     * The same, but for pieces that stay as they are, whatever they are part of.
     *
     * @param kept in the order in which they stand in the text, none within another
     */
    String replaceIn(String text, List<Piece> known, List<Span> kept) {
        if (withholds(text)) {
            return "withheld: " + text.length() + " characters, among them an identifier of " + shortestOverlong;
        }
        List<Piece> pieces = new ArrayList<>(known);
        if (!empty) {
            Unescaped plain = Unescaped.of(text);
            findInAll(plain, pieces);
            if (Unescaped.hasControls(text)) {
                findInAll(plain.controls(), pieces);
            }
        }
        return pieces.isEmpty() ? text : replaced(text, around(kept, pieces));
    }

    /** The pieces without what is kept, which stays apart from what stands in their place behind it. */
    private static List<Piece> around(List<Span> kept, List<Piece> pieces) {
        if (kept.isEmpty()) {
            return pieces;
        }
        List<Piece> around = new ArrayList<>();
        for (Piece piece : pieces) {
            int position = piece.start();
            String replacement = piece.replacement();
            for (Span span : kept) {
                if (span.end() < position || span.start() >= piece.end()) {
                    continue;
                }
                if (span.start() > position) {
                    around.add(new Piece(position, span.start(), replacement));
                    replacement = " ";
                } else if (!replacement.startsWith(" ")) {
                    replacement = " " + replacement;
                }
                position = span.end();
            }
            if (position < piece.end()) {
                around.add(new Piece(position, piece.end(), replacement));
            }
        }
        return around;
    }

    private void findInAll(Unescaped plain, List<Piece> pieces) {
        String text = plain.text();
        find(plain, UnaryOperator.identity(), pieces);
        boolean percent = text.indexOf('%') >= 0;
        boolean plus = text.indexOf('+') >= 0;
        if (percent || plus) {
            findInUrls(plain, UnaryOperator.identity(), pieces);
        }
        if (text.indexOf('\\') >= 0) {
            Unescaped unescaped = plain.backslashes();
            find(unescaped, Replacements::withBackslashes, pieces);
            findInUrls(unescaped, Replacements::withBackslashes, pieces);
            findWithin(unescaped, pieces);
        }
        if (text.indexOf('&') >= 0) {
            Unescaped ofXml = plain.entities();
            find(ofXml, Replacements::withEntities, pieces);
            findInUrls(ofXml, Replacements::withEntities, pieces);
        }
        if (text.contains("''") || text.contains("\"\"")) {
            Unescaped unquoted = plain.doubledQuotes();
            find(unquoted, Replacements::withDoubledQuotes, pieces);
            findInUrls(unquoted, Replacements::withDoubledQuotes, pieces);
            // JSON within CSV, as in a database's log of its statements.
            find(unquoted.backslashes(), Replacements::withDoubledQuotes, pieces);
        }
    }

    /** In JSON within JSON, as where one program logs what another wrote, and a container's runtime both. */
    private void findWithin(Unescaped once, List<Piece> pieces) {
        Unescaped unescaped = once;
        UnaryOperator<String> escape = Replacements::withBackslashes;
        for (int depth = 1; depth <= PersonalValues.DEEPEST && unescaped.text().indexOf('\\') >= 0; depth++) {
            UnaryOperator<String> outer = escape;
            escape = replacement -> withBackslashes(outer.apply(replacement));
            unescaped = unescaped.backslashes();
            find(unescaped, escape, pieces);
        }
    }

    private void findInUrls(Unescaped text, UnaryOperator<String> escape, List<Piece> pieces) {
        Unescaped query = text.percents(true);
        find(query, escape, pieces);
        Unescaped path = text.percents(false);
        if (!path.text().equals(query.text())) {
            find(path, escape, pieces);
        }
        if (path.text().indexOf('%') >= 0) {
            // A URL within a URL's query.
            find(path.percents(true), escape, pieces);
        }
    }

    private void find(Unescaped in, UnaryOperator<String> escape, List<Piece> pieces) {
        String text = in.text();
        int position = 0;
        while (position < text.length()) {
            if (position > 0 && goesOn(text.charAt(position - 1), text.charAt(position))) {
                position++;
                continue;
            }
            Node node = root;
            Node longest = null;
            int end = position;
            for (int i = position; i < text.length(); i++) {
                node = node.next.get(folded(text.charAt(i)));
                if (node == null) {
                    break;
                }
                if (node.replacement != null && stands(text, position, i + 1, node.kind)) {
                    longest = node;
                    end = i + 1;
                }
            }
            if (longest == null || longest.replacement == null) {
                position++;
            } else {
                pieces.add(new Piece(in.start(position), in.end(end - 1), escape.apply(longest.replacement)));
                position = end;
            }
        }
    }

    private static boolean stands(String text, int start, int end, Kind kind) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        char after = end == text.length() ? ' ' : text.charAt(end);
        if (goesOn(before, text.charAt(start)) || goesOn(text.charAt(end - 1), after)) {
            return false;
        }
        return switch (kind) {
            case WORD -> true;
            case SHORT_NUMBER -> {
                boolean joinedBefore = JOINING.indexOf(before) >= 0 && start > 1 && isDigit(text.charAt(start - 2));
                boolean joinedAfter =
                        JOINING.indexOf(after) >= 0 && end + 1 < text.length() && isDigit(text.charAt(end + 1));
                yield !isLetter(before) && !isLetter(after) && !joinedBefore && !joinedAfter;
            }
            case SHORT_PATH -> !isOfPath(before) && !isOfPath(after);
        };
    }

    /** Letter by letter, so that places in the text stay what they are. */
    private static char folded(char character) {
        if (character < 128) {
            return character >= 'A' && character <= 'Z' ? (char) (character + ('a' - 'A')) : character;
        }
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    private static boolean isOfPath(char character) {
        return isLetter(character) || isDigit(character) || OF_PATHS.indexOf(character) >= 0;
    }

    private static boolean goesOn(char one, char other) {
        return (isLetter(one) && isLetter(other)) || (isDigit(one) && isDigit(other));
    }

    private static boolean isLetter(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** Pieces that overlap become one, so that nothing of either remains. */
    private static String replaced(String text, List<Piece> pieces) {
        pieces.sort(Comparator.comparingInt(Piece::start)
                .thenComparing(Comparator.comparingInt(Piece::end).reversed()));
        StringBuilder out = new StringBuilder(text.length() + pieces.size() * 34);
        int done = 0;
        for (Piece piece : pieces) {
            if (piece.start() >= done) {
                out.append(text, done, piece.start()).append(piece.replacement());
            }
            done = Math.max(done, piece.end());
        }
        return out.append(text, done, text.length()).toString();
    }

    private static String withBackslashes(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String withEntities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String withDoubledQuotes(String text) {
        return text.replace("\"", "\"\"").replace("'", "''");
    }

    /** How much of a text has to end beside it for an occurrence to count. */
    private enum Kind {
        WORD,
        SHORT_NUMBER,
        SHORT_PATH
    }

    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>(4);
        private @Nullable String replacement;
        private Kind kind = Kind.WORD;
    }
}

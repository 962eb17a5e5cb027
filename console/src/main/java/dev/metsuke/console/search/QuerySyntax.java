package dev.metsuke.console.search;

import dev.metsuke.console.language.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where a query is not put together as it must be; the parser's own words are for who knows its grammar. */
final class QuerySyntax {

    private static final Pattern UNEXPECTED =
            Pattern.compile("^Encountered \"(.*?)\" at line \\d+, column (\\d+)\\.", Pattern.DOTALL);
    /** A token as the parser quotes it, behind its kind: {@code <AND> "AND "}. */
    private static final Pattern TOKEN = Pattern.compile(" (?:<\\w+>|\"[^\"]*\") \"(.*) \"", Pattern.DOTALL);

    private static final Pattern EXPECTS_A_RANGE = Pattern.compile("Was expecting(?: one of)?:\\s+\"(?:TO|])\"");

    private final String query;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int quote = -1;
    private int stray = -1;

    private QuerySyntax(String query) {
        this.query = query;
        scan();
    }

    /**
     * What is wrong with how a query is put together.
     *
     * @param query as somebody wrote it
     * @param reason the parser's own words
     * @return empty where something else is wrong
     */
    static Optional<Text> fault(String query, String reason) {
        return new QuerySyntax(query).explain(reason);
    }

    private Optional<Text> explain(String reason) {
        if (reason.startsWith("Lexical error")) {
            return Optional.of(unreadable());
        }
        if (reason.startsWith("'*' or '?' not allowed as first character")) {
            return Optional.of(Text.of("query.leading-wildcard"));
        }
        if (reason.contains("Unicode escape sequence")) {
            return Optional.of(Text.of("query.unicode-escape"));
        }
        Matcher unexpected = UNEXPECTED.matcher(reason);
        if (!unexpected.find()) {
            return Optional.empty();
        }
        int at = written(Integer.parseInt(unexpected.group(2)));
        return Optional.of(
                unexpected.group(1).equals("<EOF>") ? endsTooSoon(reason) : unexpected(unexpected.group(1), at));
    }

    private Text endsTooSoon(String reason) {
        if (EXPECTS_A_RANGE.matcher(reason).find()) {
            return open.isEmpty() ? Text.of("query.half-range") : Text.of("query.half-range.at", column(open.peek()));
        }
        String stripped = query.stripTrailing();
        if (stripped.endsWith(":")) {
            return Text.of("query.no-value", column(stripped.length() - 1));
        }
        return open.isEmpty() || stripped.endsWith("(")
                ? Text.of("query.ends-too-soon", stripped.length())
                : Text.of("query.open-bracket", column(open.peek()));
    }

    private static Text unexpected(String quoted, int at) {
        Matcher token = TOKEN.matcher(quoted);
        String text = (token.matches() ? token.group(1) : quoted).strip();
        return switch (text) {
            case ":" -> Text.of("query.unexpected.colon", text, column(at));
            case ")" -> Text.of("query.unexpected.bracket", text, column(at));
            default -> Text.of("query.unexpected", text, column(at));
        };
    }

    private Text unreadable() {
        if (quote >= 0) {
            return Text.of("query.open-quotation", column(quote));
        }
        if (query.endsWith("\\")) {
            return Text.of("query.last-backslash");
        }
        return stray < 0
                ? Text.of("query.unreadable")
                : Text.of("query.unreadable.at", String.valueOf(query.charAt(stray)), column(stray));
    }

    private void scan() {
        for (int i = 0; i < query.length(); i++) {
            char character = query.charAt(i);
            if (character == '\\') {
                i++;
            } else if (character == '"') {
                quote = quote < 0 ? i : -1;
            } else if (quote < 0 && "([{".indexOf(character) >= 0) {
                open.push(i);
            } else if (quote < 0 && ")]}".indexOf(character) >= 0 && open.poll() == null && stray < 0) {
                stray = i;
            }
        }
    }

    /** Where a place of the query that the parser read stands in the one that was written. */
    private int written(int parsed) {
        int at = 0;
        while (at < query.length()
                && ArchiveSearch.withoutRegularExpressions(query.substring(0, at))
                                .length()
                        < parsed) {
            at++;
        }
        return at;
    }

    /** As people count. */
    private static int column(int at) {
        return at + 1;
    }
}

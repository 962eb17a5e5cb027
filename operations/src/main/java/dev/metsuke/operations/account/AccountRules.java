package dev.metsuke.operations.account;

import dev.metsuke.events.account.VisibleText;
import dev.metsuke.operations.settings.Default;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source's spelling of an account becomes the one that every source shares.
 *
 * @param letterCase {@code keep}, or {@code lower} where the source does not tell {@code Sato} from {@code sato}
 * @param stripDomain whether {@code EXAMPLE\sato} and {@code sato@example.jp} are {@code sato}
 * @param aliases names, as they are after the two rules above, that stand for another
 */
public record AccountRules(
        @Default("keep") LetterCase letterCase,
        @Default("false") boolean stripDomain,
        Map<String, String> aliases) {

    public AccountRules {
        aliases = Map.copyOf(aliases);
    }

    /** Whether upper and lower case differ. */
    public enum LetterCase {
        KEEP,
        LOWER
    }

    /** Every name as it is. */
    public static AccountRules keepAll() {
        return new AccountRules(LetterCase.KEEP, false, Map.of());
    }

    /**
     * The account, or null where the name says nothing. What cannot be seen of a name is left off: directories and databases take it for
     * nothing (RFC 4518, section 2.2; collations of Unicode), so that who logs in by such a spelling is the same account; and nobody could
     * report it.
     */
    public @Nullable String normalise(@Nullable String name) {
        String seen = name == null ? "" : VisibleText.of(name);
        if (seen.isEmpty() || seen.equals("-")) {
            return null;
        }
        String account = stripDomain ? withoutDomain(seen) : seen;
        if (letterCase == LetterCase.LOWER) {
            account = account.toLowerCase(Locale.ROOT);
        }
        return aliases.getOrDefault(account, account);
    }

    /** {@code EXAMPLE\sato} and {@code sato@example.jp} are {@code sato}. */
    public static String withoutDomain(String name) {
        String user = name.substring(name.lastIndexOf('\\') + 1);
        int at = user.indexOf('@');
        String bare = at > 0 ? user.substring(0, at) : user;
        return bare.isBlank() ? name : bare;
    }
}

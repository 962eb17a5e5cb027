package dev.metsuke.shipper.parse;

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

    /** The account, or null where the name says nothing. */
    public @Nullable String normalise(@Nullable String name) {
        if (name == null || name.isBlank() || name.equals("-")) {
            return null;
        }
        String account = stripDomain ? withoutDomain(name.strip()) : name.strip();
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

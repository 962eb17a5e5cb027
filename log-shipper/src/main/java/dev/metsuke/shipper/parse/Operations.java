package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a service's names for operations stand for; what is not among them is no access. */
final class Operations {

    private static final Set<String> NOBODY = Set.of("unknown", "not available", "anonymous");

    private final Map<String, Action> actions;

    /** What the settings say goes before what is known. */
    Operations(Map<String, Action> known, Map<String, Action> settings) {
        actions = new HashMap<>(known);
        actions.putAll(settings);
    }

    @Nullable
    Action of(@Nullable String operation) {
        return operation == null ? null : actions.get(operation);
    }

    static ParseResult none() {
        return new ParseResult.Ignored("operation that is no access");
    }

    /** The account, or null where the service says only that it knows none. */
    static @Nullable String named(@Nullable String account) {
        return account == null || NOBODY.contains(account.toLowerCase(Locale.ROOT)) ? null : account;
    }

    /** How much an action says: taking data out before showing it, and that before destroying and changing it. */
    static int weight(@Nullable Action action) {
        return switch (action) {
            case null -> 0;
            case EXPORT, DOWNLOAD, PRINT, EMAIL, COPY_TO_MEDIA -> 4;
            case READ, SEARCH -> 3;
            case DELETE -> 2;
            case UPDATE, LOGIN, LOGOUT -> 1;
        };
    }
}

package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a statement does, and to which dataset. */
record SqlAccess(Action action, @Nullable String dataset) {

    /** Of several statements the one says most that touches a dataset; then the one whose action does. */
    static final Comparator<SqlAccess> BY_WHAT_IT_SAYS = Comparator.comparing(
                    (SqlAccess access) -> access.dataset != null)
            .thenComparingInt(access -> Operations.weight(access.action));
}

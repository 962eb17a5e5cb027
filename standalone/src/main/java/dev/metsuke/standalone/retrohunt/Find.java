package dev.metsuke.standalone.retrohunt;

import dev.metsuke.events.alert.Alert;
import java.util.List;

/** An alert of a hunt that tells more than the archived alerts do. */
public sealed interface Find {

    /** As it stands at the end of the hunt. */
    Alert alert();

    /** No archived alert of its rule and account lies in its time. */
    record New(Alert alert) implements Find {}

    /**
     * Archived alerts of its rule and account lie in its time, but tell of fewer accesses, or of another scope.
     *
     * @param alert the hunt's
     * @param known the archived ones, in the order of their starts
     * @param told of how many accesses those of the same scope tell
     */
    record Grown(Alert alert, List<Alert> known, long told) implements Find {

        public Grown {
            known = List.copyOf(known);
        }
    }
}

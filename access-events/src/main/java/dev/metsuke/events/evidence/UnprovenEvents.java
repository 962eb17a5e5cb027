package dev.metsuke.events.evidence;

import dev.metsuke.events.evidence.EvidenceVerdict.Unproven;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The listed events that no believed seal behind them proves. Holds one entry for each part of the proof at most. */
final class UnprovenEvents {

    private final List<Unproven> left = new ArrayList<>();
    /** Each stream's last line that a believed seal proves. */
    private final Map<String, Long> proven = new HashMap<>();
    /** Those since the last seal, or the start. */
    private @Nullable Unproven open;

    void listed(String stream, long event, long line) {
        open = open == null
                ? new Unproven(stream, event, event, line, line, false)
                : new Unproven(stream, open.firstEvent(), event, open.firstLine(), line, false);
    }

    /** A believed seal proves what was listed since the last one. */
    void sealed(String stream, long line) {
        open = null;
        proven.merge(stream, line, Math::max);
    }

    /** What was listed since the last seal is not followed by what comes next. */
    void cut() {
        if (open != null) {
            left.add(open);
            open = null;
        }
    }

    /** All of them, in the bundle's order. */
    List<Unproven> all() {
        cut();
        return left.stream()
                .map(one -> new Unproven(
                        one.stream(),
                        one.firstEvent(),
                        one.lastEvent(),
                        one.firstLine(),
                        one.lastLine(),
                        isBehindLastSeal(one)))
                .toList();
    }

    private boolean isBehindLastSeal(Unproven one) {
        Long sealed = proven.get(one.stream());
        return sealed != null && one.firstLine() > sealed;
    }
}

package dev.metsuke.detect.offhours;

import dev.metsuke.detect.history.Walk;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What exports used of an account's approvals.
 *
 * @param people how many people's data was taken out, by the approvals' ids
 */
record ApprovalUse(Map<String, Long> people) {

    static final ApprovalUse NONE = new ApprovalUse(Map.of());

    static final Walk.Form<ApprovalUse> FORM = new Walk.Form<>(NONE, ApprovalUse::write, ApprovalUse::read);

    ApprovalUse {
        people = Map.copyOf(people);
    }

    private void write(CompactWriter out) {
        new TreeMap<>(people).forEach((approval, used) -> out.text(approval).number(used));
    }

    private static ApprovalUse read(CompactReader in) {
        Map<String, Long> people = new HashMap<>();
        while (in.hasMore()) {
            people.put(in.text(), in.number());
        }
        return new ApprovalUse(people);
    }
}

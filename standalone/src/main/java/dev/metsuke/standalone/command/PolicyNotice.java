package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.DirectoryEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a policy and the directory name what the other does not have, for it may be a slip, and then the policy holds
 * for nobody; it is what was written all the same.
 */
final class PolicyNotice {

    private PolicyNotice() {}

    /** One line for accounts, departments and calendars each; none where both agree, or the directory has none. */
    static List<String> lines(Policy policy, Collection<DirectoryEntry> directory) {
        List<String> lines = new ArrayList<>();
        List<KnownNames.Stranger> accounts =
                known(directory, entry -> entry.account().value()).strangers(policy.accounts());
        if (!accounts.isEmpty()) {
            lines.add("the policy names accounts that are not in the directory: " + StrangerNotice.listed(accounts));
        }
        List<KnownNames.Stranger> departments =
                known(directory, DirectoryEntry::department).strangers(policy.departments());
        if (!departments.isEmpty()) {
            lines.add("the policy names departments of nobody in the directory: " + StrangerNotice.listed(departments));
        }
        Map<String, Long> calendars = directory.stream()
                .map(DirectoryEntry::calendar)
                .filter(Objects::nonNull)
                .filter(calendar -> !policy.offHours().calendars().containsKey(calendar))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        if (!calendars.isEmpty()) {
            lines.add("the directory names calendars that the policy does not have: "
                    + calendars.entrySet().stream()
                            .map(calendar -> calendar.getKey() + " (for " + calendar.getValue() + ")")
                            .collect(Collectors.joining(", "))
                    + "; their department's or the default holds instead");
        }
        return lines;
    }

    private static KnownNames known(
            Collection<DirectoryEntry> directory, Function<DirectoryEntry, @Nullable String> name) {
        return new KnownNames(
                directory.stream().map(name).filter(Objects::nonNull).toList());
    }
}

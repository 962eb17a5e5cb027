package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Tells of names in the policy and in CSV files that no event has, for what is said of them then holds for nothing. */
final class NoEventNotice {

    private NoEventNotice() {}

    /**
     * One line, where one of the accounts may be a slip, or all are: that some have no event is usual, as who left may have
     * touched nothing.
     *
     * @param source what names them
     * @param withEvents the accounts that events have
     */
    static Optional<String> ofAccounts(String source, Collection<String> named, KnownNames withEvents) {
        List<String> names = named.stream().distinct().toList();
        List<KnownNames.Stranger> strangers = withEvents.strangers(names);
        List<KnownNames.Stranger> slips = strangers.stream()
                .filter(stranger -> stranger.resembles() != null)
                .toList();
        if (!slips.isEmpty()) {
            return Optional.of(source + " names accounts of which there is no event: " + StrangerNotice.listed(slips));
        }
        return names.isEmpty() || strangers.size() < names.size()
                ? Optional.empty()
                : Optional.of("there is no event of any account that " + source + " names, such as " + names.getFirst()
                        + "; events may spell accounts otherwise");
    }

    /**
     * One line, where there is such a dataset: events touch most of them sooner or later.
     *
     * @param source what names them
     * @param touched the datasets that events touch
     */
    static Optional<String> ofDatasets(String source, Collection<String> named, KnownNames touched) {
        List<KnownNames.Stranger> strangers =
                touched.strangers(named.stream().distinct().toList());
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of(source + " names datasets that no event touches: " + StrangerNotice.listed(strangers));
    }
}

package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.events.account.AccountId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of accounts that are spelled otherwise where events have them, for what is said of them then holds for nobody. That
 * some have no event is usual: who left may have touched nothing.
 */
final class NoEventNotice {

    private final KnownNames accounts;

    NoEventNotice(Set<AccountId> withEvents) {
        accounts = new KnownNames(withEvents.stream().map(AccountId::value).toList());
    }

    /**
     * One line, where one of them may be a slip, or all are.
     *
     * @param source what names them
     */
    Optional<String> line(String source, Collection<String> named) {
        List<String> names = named.stream().distinct().toList();
        List<KnownNames.Stranger> strangers = accounts.strangers(names);
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
}

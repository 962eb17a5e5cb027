package dev.metsuke.archive.find;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An account that touched a person's data.
 *
 * @param account the account; of accesses without one {@code ip:} and the address
 * @param accesses how many accesses name the person
 * @param first the time of the earliest
 * @param last the time of the latest
 * @param actions how often each action, the most frequent first
 * @param datasets how often each dataset, the most frequent first; {@code -} where the access names none
 * @param furtherDatasets how many of the accesses were to datasets that are not listed
 */
public record PersonsReader(
        AccountId account,
        long accesses,
        Instant first,
        Instant last,
        Map<String, Long> actions,
        Map<String, Long> datasets,
        long furtherDatasets) {

    public PersonsReader {
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
        datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    }
}

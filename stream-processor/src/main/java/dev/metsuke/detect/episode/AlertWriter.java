package dev.metsuke.detect.episode;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Puts a rule's episodes into words; a pure function of the episode and of what is known about the account. */
public interface AlertWriter {

    Words words(AccountId account, String scope, Episode episode);

    /** Why the first access of an alert that no other took in is no finding any more; what still holds of the rest is told beside it. */
    String whyWithdrawn(Alert alert);

    /** In which the times in its sentences are. */
    ZoneId zone(AccountId account, Instant start);

    /** How far apart findings of a scope may be and still be one episode, and how long it then stays open. */
    Duration quiet(String scope);
}

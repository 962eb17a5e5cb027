package dev.metsuke.detect.episode;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import java.time.Duration;

/** Puts a rule's episodes into words; a pure function of the episode and of what is known about the account. */
public interface AlertWriter {

    Words words(AccountId account, String scope, Episode episode);

    /** Why an alert no longer holds that was not taken in by another. */
    String whyWithdrawn(Alert alert);

    /** How far apart findings of a scope may be and still be one episode, and how long it then stays open. */
    Duration quiet(String scope);
}

package dev.metsuke.detect.episode;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;

/** Puts a rule's episodes into words; a pure function of the episode and of what is known about the account. */
public interface AlertWriter {

    /** The alert begins with {@link Wording#who}, so that it can be told of another person without judging again. */
    Alert write(AccountId account, String scope, Episode episode, AlertState state);

    /** Why an alert no longer holds that was not taken in by another. */
    String whyWithdrawn(Alert alert);
}

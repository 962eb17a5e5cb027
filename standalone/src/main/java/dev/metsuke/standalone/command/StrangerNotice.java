package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.standalone.terminal.Enumeration;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;

/** Tells of accounts that the directory does not know, for they may be slips; what is said of them holds all the same. */
final class StrangerNotice {

    private static final int MOST = 20;

    private StrangerNotice() {}

    /** Prints one line; none where the directory knows them all, or is empty. */
    static void print(Collection<AccountId> accounts, KafkaSettings kafka, PrintWriter err) {
        if (accounts.isEmpty()) {
            return;
        }
        try {
            List<KnownNames.Stranger> strangers = PeopleDirectory.in(kafka).strangers(accounts);
            if (!strangers.isEmpty()) {
                err.println("not in the directory: " + listed(strangers));
            }
        } catch (WriteFailedException e) {
            err.println("whether the directory knows the accounts cannot be told: " + e.getMessage());
        }
    }

    /** The first of them, each with what may be meant. */
    static String listed(List<KnownNames.Stranger> strangers) {
        return Enumeration.of(strangers, MOST, StrangerNotice::named);
    }

    private static String named(KnownNames.Stranger stranger) {
        return stranger.resembles() == null
                ? stranger.name()
                : stranger.name() + " (is " + stranger.resembles() + " meant?)";
    }
}

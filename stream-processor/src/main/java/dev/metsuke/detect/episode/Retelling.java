package dev.metsuke.detect.episode;

import dev.metsuke.detect.wording.Wording;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Brings an alert up to date whose episode is as it was judged; its words, severity and policy stay. */
final class Retelling {

    private Retelling() {}

    static Alert retell(Alert told, @Nullable DirectoryEntry entry, boolean isOver) {
        Alert retold = withPerson(told, entry == null ? null : entry.name(), entry == null ? null : entry.department());
        return isOver && retold.state() == AlertState.OPEN ? retold.closed() : retold;
    }

    private static Alert withPerson(Alert told, @Nullable String name, @Nullable String department) {
        return new Alert(
                told.id(),
                told.rule(),
                told.account(),
                told.scope(),
                told.state(),
                told.severity(),
                told.start(),
                told.end(),
                headline(told, name, department),
                told.observed(),
                told.expected(),
                told.events(),
                told.records(),
                told.unknownRecords(),
                told.evidence(),
                told.days(),
                told.settings(),
                told.policyVersion(),
                name,
                department,
                told.withdrawnBecause());
    }

    /**
     * In the language in which the alert was told: the policy may have changed it since. Where nothing is known of the person, a headline
     * begins alike in all of them up to what joins it; the longest beginning is of its own language.
     */
    private static String headline(Alert told, @Nullable String name, @Nullable String department) {
        String headline = told.headline();
        return Wording.all().stream()
                .map(wording -> Beginning.of(wording, told.account(), told.personName(), told.department()))
                .filter(before -> headline.startsWith(before.text()))
                .max(Comparator.comparingInt(before -> before.text().length()))
                .map(before -> Beginning.of(before.wording(), told.account(), name, department)
                                .text()
                        + headline.substring(before.text().length()))
                .orElse(headline);
    }

    /** What comes before what they did. */
    private record Beginning(Wording wording, String text) {

        static Beginning of(Wording wording, AccountId account, @Nullable String name, @Nullable String department) {
            return new Beginning(wording, wording.headline(wording.who(account, name, department), ""));
        }
    }
}

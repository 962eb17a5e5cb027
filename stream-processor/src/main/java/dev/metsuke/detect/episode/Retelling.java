package dev.metsuke.detect.episode;

import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import org.jspecify.annotations.Nullable;

/** Brings an alert up to date whose episode is as it was judged; its words, severity and policy stay. */
final class Retelling {

    private Retelling() {}

    static Alert retell(Alert told, @Nullable DirectoryEntry entry, boolean isOver) {
        Alert retold = withPerson(told, entry == null ? null : entry.name(), entry == null ? null : entry.department());
        return isOver && retold.state() == AlertState.OPEN ? retold.closed() : retold;
    }

    private static Alert withPerson(Alert told, @Nullable String name, @Nullable String department) {
        String before = Wording.who(told.account(), told.personName(), told.department());
        String now = Wording.who(told.account(), name, department);
        String headline = told.headline();
        return new Alert(
                told.id(),
                told.rule(),
                told.account(),
                told.scope(),
                told.state(),
                told.severity(),
                told.start(),
                told.end(),
                headline.startsWith(before) ? now + headline.substring(before.length()) : headline,
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
}

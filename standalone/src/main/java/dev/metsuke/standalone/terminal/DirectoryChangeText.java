package dev.metsuke.standalone.terminal;

import dev.metsuke.console.directory.DirectoryChange;
import dev.metsuke.console.directory.Handover;
import dev.metsuke.console.directory.Outranked;
import java.util.List;

/** What a file changes in the directory beside what it says, behind a summary. */
public final class DirectoryChangeText {

    private static final int MOST = 20;

    private DirectoryChangeText() {}

    /** Blank where there is nothing to tell. */
    public static String of(DirectoryChange change) {
        return handover(change.handover()) + outranked(change.outranked());
    }

    /** What becomes of the columns that the file does not have. */
    static String handover(Handover handover) {
        return (handover.kept().isEmpty()
                        ? ""
                        : "; the file does not have " + String.join(",", handover.kept())
                                + ", which stay as they are known")
                + (handover.accounts().isEmpty()
                        ? ""
                        : "; accounts with another holder than before: "
                                + handover.accounts().size())
                + (handover.cleared().isEmpty()
                        ? ""
                        : ", of whom nothing is left in " + String.join(",", handover.cleared()));
    }

    private static String outranked(List<Outranked> departments) {
        return departments.isEmpty()
                ? ""
                : "; not moved, since a reported transfer goes before the directory: "
                        + Enumeration.of(
                                departments,
                                MOST,
                                one -> one.account() + " to " + one.department() + " (reported: " + one.reported()
                                        + ")")
                        + "; report these moves, or take the earlier reports back";
    }
}

package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.events.account.VisibleText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A name by which the archive is asked: with a blank around it that nobody sees it would find nothing, as if nothing had happened. */
final class GivenName {

    private GivenName() {}

    /** Of an option, without which the archive is asked more widely. */
    static String ofOption(CommandSpec spec, String option, String written) {
        return of(spec, option, written, "give a name, or leave it out");
    }

    /** Of an option by which accesses are asked for: logs may hold it as given, too. */
    static AskedName asked(CommandSpec spec, String option, String written) {
        ofOption(spec, option, written);
        return AskedName.of(written).orElseThrow();
    }

    /**
     * Without what cannot be seen around it.
     *
     * @param label what it was given as
     * @param remedy what to do where it is empty
     */
    static String of(CommandSpec spec, String label, String written, String remedy) {
        String name = VisibleText.trimmed(written);
        if (name.isEmpty()) {
            throw new ParameterException(spec.commandLine(), label + " is empty; " + remedy);
        }
        return name;
    }
}

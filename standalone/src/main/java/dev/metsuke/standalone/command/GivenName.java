package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.EnteredText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A name by which the archive is asked: with a blank around it that nobody sees it would find nothing, as if nothing had happened. */
final class GivenName {

    private GivenName() {}

    /**
     * Without what cannot be seen around it.
     *
     * @param option what it was given as
     */
    static String of(CommandSpec spec, String option, String written) {
        String name = EnteredText.trimmed(written);
        if (name.isEmpty()) {
            throw new ParameterException(spec.commandLine(), option + " is empty; give a name, or leave it out");
        }
        return name;
    }
}

package dev.metsuke.standalone.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --key-file}: with it, a person is found by their pseudonym as well. */
final class PseudonymKeyFile {

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The shipper's key: finds the person by its pseudonym as well.")
    private @Nullable Path file;

    /** By what names accesses may name the person that the user wrote. */
    PersonNames namesOf(String person) {
        return PersonNames.of(person, file);
    }
}

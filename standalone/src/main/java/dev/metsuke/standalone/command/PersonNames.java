package dev.metsuke.standalone.command;

import dev.metsuke.shipper.privacy.PseudonymKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what names accesses may name a person.
 *
 * @param names one or two; where the pseudonym is known, it comes first
 */
record PersonNames(List<String> names) {

    PersonNames {
        names = List.copyOf(names);
    }

    /**
     * Of what the user wrote.
     *
     * @param name a pseudonym, or an identifier as logs have it
     * @param keyFile the key that makes the pseudonyms, where it is known
     */
    static PersonNames of(String name, @Nullable Path keyFile) {
        return isPseudonym(name) || keyFile == null
                ? new PersonNames(List.of(name))
                : new PersonNames(List.of(PseudonymKey.read(keyFile).pseudonym(name), name));
    }

    /** The one that may be written down. */
    String shown() {
        return names.getFirst();
    }

    boolean knowsPseudonym() {
        return isPseudonym(shown());
    }

    private static boolean isPseudonym(String name) {
        return name.startsWith(PseudonymKey.PREFIX);
    }
}

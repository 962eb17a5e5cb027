package dev.metsuke.shipper;

import dev.metsuke.operations.settings.InvalidSettingsException;
import java.util.List;

/** How Java spells the names of files, which is settled by the locale it was started in. */
public final class FileNames {

    private FileNames() {}

    /**
     * Refuses a locale in which names that are not ASCII can neither be written in the settings nor be remembered.
     *
     * @throws InvalidSettingsException where names are not spelt in UTF-8
     */
    public static void requireUtf8() {
        requireUtf8(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    static void requireUtf8(String encoding) {
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            throw new InvalidSettingsException(List.of("the names of files are read as " + encoding
                    + ", in which 顧客.log and the like cannot be told; start in a locale of UTF-8: LC_ALL=C.UTF-8"));
        }
    }
}

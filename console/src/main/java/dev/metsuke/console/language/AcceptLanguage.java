package dev.metsuke.console.language;

import dev.metsuke.events.language.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header by which a browser or a program asks for languages. */
public final class AcceptLanguage {

    /** Browsers say far less. Who says more, which anybody may, would have the time that it takes to understand it. */
    private static final int LONGEST = 1_000;

    private AcceptLanguage() {}

    /**
     * The language that is wanted most.
     *
     * @param header null where there is none
     */
    public static Language wanted(@Nullable String header) {
        Language[] offered = Language.values();
        List<Locale> locales = Arrays.stream(offered).map(Language::locale).toList();
        Locale found = header == null || header.length() > LONGEST ? null : Locale.lookup(ranges(header), locales);
        return Arrays.stream(offered)
                .filter(language -> language.locale().equals(found))
                .findFirst()
                .orElse(Language.ENGLISH);
    }

    private static List<Locale.LanguageRange> ranges(String header) {
        try {
            return Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException e) {
            // What says nothing that can be understood wants nothing.
            return List.of();
        }
    }
}

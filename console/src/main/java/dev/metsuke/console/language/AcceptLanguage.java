package dev.metsuke.console.language;

import dev.metsuke.events.language.Language;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header by which a browser or a program asks for languages. */
public final class AcceptLanguage {

    private AcceptLanguage() {}

    /**
     * Of those that are offered, the one that is wanted most.
     *
     * @param header null where there is none
     */
    public static Language wanted(@Nullable String header, Collection<Language> offered) {
        List<Locale> locales = offered.stream().map(Language::locale).toList();
        Locale found = header == null ? null : Locale.lookup(ranges(header), locales);
        return offered.stream()
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

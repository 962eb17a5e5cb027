package dev.metsuke.console.language;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the console speaks. */
public enum Language {
    /** Also for whoever wants none that is spoken. */
    ENGLISH(Locale.ENGLISH),
    JAPANESE(Locale.JAPANESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /**
     * Of those that are offered, the one that is wanted most.
     *
     * @param acceptLanguage the header {@code Accept-Language}; null where there is none
     */
    public static Language wanted(@Nullable String acceptLanguage, Collection<Language> offered) {
        List<Locale> locales = offered.stream().map(Language::locale).toList();
        Locale found = acceptLanguage == null ? null : Locale.lookup(ranges(acceptLanguage), locales);
        return Arrays.stream(values())
                .filter(language -> language.locale.equals(found))
                .findFirst()
                .orElse(ENGLISH);
    }

    private static List<Locale.LanguageRange> ranges(String acceptLanguage) {
        try {
            return Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException e) {
            // What says nothing that can be understood wants nothing.
            return List.of();
        }
    }

    public Locale locale() {
        return locale;
    }

    /** As HTML and HTTP name it. */
    public String tag() {
        return locale.toLanguageTag();
    }
}

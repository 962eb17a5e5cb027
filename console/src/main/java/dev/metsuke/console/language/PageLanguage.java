package dev.metsuke.console.language;

import dev.metsuke.events.language.Language;
import org.jspecify.annotations.Nullable;

/** Setting {@code console.language}: who decides in which language pages are. */
public enum PageLanguage {
    /** The reader, by the languages that the browser asks for. */
    AUTO(null),
    EN(Language.ENGLISH),
    JA(Language.JAPANESE);

    private final @Nullable Language fixed;

    PageLanguage(@Nullable Language fixed) {
        this.fixed = fixed;
    }

    /** Whether the same page is in another language for another reader. */
    public boolean isReaders() {
        return fixed == null;
    }

    /**
     * A page's language.
     *
     * @param acceptLanguage the header {@code Accept-Language}; null where there is none
     */
    public Language of(@Nullable String acceptLanguage) {
        return fixed == null ? AcceptLanguage.wanted(acceptLanguage) : fixed;
    }
}

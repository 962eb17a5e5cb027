package dev.metsuke.events.language;

import dev.metsuke.events.json.Labelled;
import java.util.Locale;

/** What people are spoken to in. */
public enum Language implements Labelled {
    /** Also for whoever wants none that is spoken. */
    ENGLISH(Locale.ENGLISH),
    JAPANESE(Locale.JAPANESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** {@code en}, {@code ja}: as HTML and HTTP name it, too. */
    @Override
    public String label() {
        return locale.toLanguageTag();
    }
}

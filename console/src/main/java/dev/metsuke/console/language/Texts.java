package dev.metsuke.console.language;

import dev.metsuke.events.language.Language;
import dev.metsuke.events.language.TextBundle;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that is said to people in one language, by key: {@code texts.properties} in English, {@code texts_ja.properties} in Japanese. A text
 * is a pattern of {@link MessageFormat}. Those under {@code page.} are HTML; those under {@code script.} are for scripts, by the rest of
 * their keys, and have no format but {@code choice}; a page may hold one that is a mere name, as {@code script.severity.high}.
 */
public final class Texts {

    private static final String BUNDLE = "dev.metsuke.console.language.texts";
    private static final String OF_SCRIPTS = "script.";
    private static final Pattern PLACE = Pattern.compile("\\{\\{((?:page|script)\\.[a-z0-9.-]+)}}");

    private static final Map<Language, Texts> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, load(language));
        }
    }

    private final TextBundle bundle;

    private Texts(TextBundle bundle) {
        this.bundle = bundle;
    }

    static Texts load(Language language) {
        return new Texts(TextBundle.load(BUNDLE, language));
    }

    public static Texts in(Language language) {
        Texts texts = ALL.get(language);
        if (texts == null) {
            throw new AssertionError("every language has its texts");
        }
        return texts;
    }

    /** The text of a key, with what its places stand for. */
    public String of(String key, Object... arguments) {
        return bundle.of(key, arguments);
    }

    /** A page with its texts, which stand in it by their keys: <code>{{page.…}}</code> or <code>{{script.…}}</code>. */
    public String fill(String html) {
        return PLACE.matcher(html).replaceAll((MatchResult place) -> Matcher.quoteReplacement(of(place.group(1))));
    }

    /** The patterns that are for scripts. */
    public Map<String, String> ofScripts() {
        return bundle.patterns(OF_SCRIPTS);
    }
}

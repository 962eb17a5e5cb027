package dev.metsuke.events.language;

import java.text.MessageFormat;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.TreeMap;

/** What is said in one language, by key: a properties file a language, of which each text is a pattern of {@link MessageFormat}. */
public final class TextBundle {

    private final Language language;
    private final ResourceBundle bundle;

    private TextBundle(Language language, ResourceBundle bundle) {
        this.language = language;
        this.bundle = bundle;
    }

    /**
     * As {@link ResourceBundle} finds it, but never in the system's own language, which need not be English.
     *
     * @param name with its package, without language and ending
     */
    public static TextBundle load(String name, Language language) {
        Control control = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
        return new TextBundle(language, ResourceBundle.getBundle(name, language.locale(), control));
    }

    public Language language() {
        return language;
    }

    /** The text of a key, with what its places stand for. */
    public String of(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), language.locale()).format(arguments);
    }

    /** The patterns of all keys that begin so, by the rest of their keys. */
    public Map<String, String> patterns(String beginning) {
        Map<String, String> patterns = new TreeMap<>();
        for (String key : bundle.keySet()) {
            if (key.startsWith(beginning)) {
                patterns.put(key.substring(beginning.length()), bundle.getString(key));
            }
        }
        return patterns;
    }
}

package dev.metsuke.console.language;

import dev.metsuke.events.language.Language;
import java.util.List;

/** Something that is said to people, before it is known in which language. */
public interface Text {

    String in(Language language);

    /** Whether all of it is said in every language; what is not, is in English. */
    boolean isTranslated();

    /**
     * What {@link Texts} have under a key.
     *
     * @param arguments what its places stand for: numbers, words as they are, or texts
     */
    static Text of(String key, Object... arguments) {
        return new Keyed(key, List.of(arguments));
    }

    /** What nobody has translated. */
    static Text english(String words) {
        return new English(words);
    }

    /** See {@link Text#of}. */
    record Keyed(String key, List<Object> arguments) implements Text {

        public Keyed {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String in(Language language) {
            Object[] said = arguments.stream()
                    .map(argument -> argument instanceof Text text ? text.in(language) : argument)
                    .toArray();
            return Texts.in(language).of(key, said);
        }

        @Override
        public boolean isTranslated() {
            return arguments.stream().allMatch(argument -> !(argument instanceof Text text) || text.isTranslated());
        }

        /** In English, as logs and commands say it. */
        @Override
        public String toString() {
            return in(Language.ENGLISH);
        }
    }

    /** See {@link Text#english}. */
    record English(String words) implements Text {

        @Override
        public String in(Language language) {
            return words;
        }

        @Override
        public boolean isTranslated() {
            return false;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}

package dev.metsuke.detect.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.policy.PolicyFeed;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the same policy says in English and in Japanese.
 *
 * @param english sentence by sentence
 * @param japanese the same
 */
public record BothLanguages(List<String> english, List<String> japanese) {

    /** Of people's data, and of times their parts. */
    private static final Pattern NUMBER = Pattern.compile("\\d+(,\\d{3})*");

    /**
     * Of a policy in both languages.
     *
     * @param settings what else it says, as YAML in one line
     */
    public static BothLanguages of(String settings, Function<Policy, List<String>> said) {
        return new BothLanguages(
                said.apply(policy("{language: en, " + settings + "}")),
                said.apply(policy("{language: ja, " + settings + "}")));
    }

    private static Policy policy(String yaml) {
        return PolicyFeed.parse("policy: " + yaml, "test");
    }

    /**
     * The same numbers, and in Japanese nothing but names is English.
     *
     * @param names that may stand there
     */
    public void sayTheSame(String description, List<String> names) {
        assertThat(japanese).as(description).hasSameSizeAs(english);
        for (int i = 0; i < english.size(); i++) {
            assertThat(numbers(japanese.get(i)))
                    .as("%s: %s%n%s", description, english.get(i), japanese.get(i))
                    .isEqualTo(numbers(english.get(i)));
            assertThat(without(names, japanese.get(i)))
                    .as(description)
                    .doesNotContainPattern("[A-Za-z;']|^\\s|\\s$|  ");
        }
    }

    private static List<String> numbers(String sentence) {
        return NUMBER.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    private static String without(List<String> names, String sentence) {
        String left = sentence;
        for (String name : names) {
            left = left.replace(name, "");
        }
        return left;
    }
}

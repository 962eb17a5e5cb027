package dev.metsuke.console.person;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of names that nobody knows, for they may be slips; what was said of them stands all the same. */
public final class Strangers {

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final int MOST = 1_000;

    private Strangers() {}

    /** Asks Kafka, or somebody else, of what names there are. */
    @FunctionalInterface
    public interface Question<T> {
        T ask() throws WriteFailedException;
    }

    /**
     * What there is to tell of names beside an answer; empty where it cannot be told, for whatever reason: what was published is
     * answered as taken all the same.
     *
     * @param what for the log, of what is told then
     */
    public static <T> Optional<T> ask(String what, Question<T> question) {
        try {
            return Optional.of(question.ask());
        } catch (WriteFailedException | RuntimeException e) {
            LOG.warn("{} is not told", what, e);
            return Optional.empty();
        }
    }

    /** The directory, as far as it can be asked. */
    public static Optional<PeopleDirectory> directory(TopicContents contents) {
        return ask("Which accounts the directory does not know", () -> PeopleDirectory.in(contents));
    }

    /** As members of an answer, {@code {"account", "resembles"}}; none where the directory cannot be asked. */
    public static List<Map<String, @Nullable Object>> among(
            Collection<AccountId> accounts, Optional<PeopleDirectory> directory) {
        return members(
                "account", directory.map(known -> known.strangers(accounts)).orElse(List.of()));
    }

    /**
     * The first of them as members of an answer.
     *
     * @param kind what they are names of, as which each is called
     */
    public static List<Map<String, @Nullable Object>> members(String kind, List<KnownNames.Stranger> strangers) {
        return strangers.stream()
                .limit(MOST)
                .map(stranger -> members(kind, stranger))
                .toList();
    }

    private static Map<String, @Nullable Object> members(String kind, KnownNames.Stranger stranger) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(kind, stranger.name());
        members.put("resembles", stranger.resembles());
        return members;
    }
}

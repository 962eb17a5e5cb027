package dev.metsuke.console.person;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of accounts that the directory does not know, for they may be slips; what was said of them stands all the same. */
public final class Strangers {

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final int MOST = 1_000;

    private final TopicContents contents;

    public Strangers(TopicContents contents) {
        this.contents = contents;
    }

    /** As members of an answer, {@code {"account", "resembles"}}; none where the directory cannot be asked. */
    public List<Map<String, @Nullable Object>> among(Collection<AccountId> accounts) {
        try {
            return members("account", PeopleDirectory.in(contents).strangers(accounts));
        } catch (WriteFailedException e) {
            LOG.warn("Whether the directory knows the accounts is not told: {}", e.getMessage());
            return List.of();
        }
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

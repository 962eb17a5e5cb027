package dev.metsuke.detect.policy;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.language.Language;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code policy}: what is allowed to whom; every alert names the version that it was judged by.
 *
 * @param version what alerts call this policy; without one, a digest of its content
 * @param zone in which headlines tell the time, and calendars work unless they say otherwise
 * @param language in which alerts are told
 * @param quiet how long nothing more must come until an episode closes
 * @param lateness how long an access may take to arrive and still teach what is usual
 * @param horizon how far back a late report or correction is judged again, and how long detection remembers accesses
 * @param concurrentPosts what the directory and reports call the posts of who works in several departments, and which these
 *     are; they may touch what any of them works with, read as much as the one that may read most, and have the working time
 *     of the first that has one, unless the rules name them themselves
 * @param bulkRead the rule on reading much in a short time
 * @param revoked the rule on accounts that HR revoked or transferred
 * @param offHours the rule on exports outside working time
 * @param exceptions what the rules overlook, and until when
 */
public record Policy(
        @Nullable String version,
        @Default("Asia/Tokyo") ZoneId zone,
        @Default("en") Language language,
        @Default("1h") Duration quiet,
        @Default("24h") Duration lateness,
        @Default("35d") Duration horizon,
        Map<String, List<String>> concurrentPosts,
        BulkReadPolicy bulkRead,
        RevokedPolicy revoked,
        OffHoursPolicy offHours,
        List<ExceptionPolicy> exceptions) {

    /** Ten years; what is longer would leave what a time can hold. */
    static final Duration LONGEST = Duration.ofDays(3_660);

    public Policy {
        exceptions = List.copyOf(exceptions);
        Map<String, List<String>> posts = Collections.unmodifiableMap(new TreeMap<>(concurrentPosts));
        concurrentPosts = posts;
        bulkRead = bulkRead.with(posts);
        revoked = revoked.with(posts);
        offHours = offHours.with(posts);
        Check.that()
                .holds(version == null || !version.isBlank(), "version must not be blank; leave it out instead")
                .holds(quiet.isPositive(), "quiet must be longer than nothing, such as 1h")
                .holds(
                        lateness.compareTo(Duration.ofMinutes(1)) >= 0,
                        "lateness must be 1m or more: all that takes longer to arrive teaches nothing of what is usual")
                .holds(lateness.compareTo(LONGEST) <= 0, "lateness must be at most " + LONGEST.toDays() + "d")
                .holds(horizon.compareTo(quiet) > 0, "horizon must be longer than quiet, such as 35d")
                .holds(horizon.compareTo(LONGEST) <= 0, "horizon must be at most " + LONGEST.toDays() + "d")
                .holds(
                        posts.keySet().stream().noneMatch(String::isBlank),
                        "concurrent-posts: posts need a name, as the directory has it, which must not be blank")
                .holdsForEach(
                        posts,
                        departments ->
                                departments.size() > 1 && departments.stream().noneMatch(String::isBlank),
                        "concurrent-posts: %s must be two departments or more, such as [Sales, Planning]")
                .holdsForEach(
                        posts,
                        departments -> departments.stream().noneMatch(posts::containsKey),
                        "concurrent-posts: %s names posts that are concurrent themselves; name their departments")
                .orThrow();
    }

    /** Whether a rule overlooks an access. */
    public boolean excepts(Rule rule, AccountId account, @Nullable String dataset, Instant time) {
        return !exceptions.isEmpty()
                && exceptions.stream().anyMatch(exception -> exception.covers(rule, account, dataset, time));
    }

    /** Every account that the policy names for a time from this one on, in order: exceptions that ended before are past. */
    public NavigableSet<String> accounts(Instant from) {
        NavigableSet<String> named = new TreeSet<>(bulkRead.accounts().keySet());
        exceptions.stream()
                .filter(exception -> from.isBefore(exception.until()))
                .map(ExceptionPolicy::account)
                .filter(Objects::nonNull)
                .forEach(named::add);
        return named;
    }

    /** Every department that the policy names, in order. */
    public NavigableSet<String> departments() {
        NavigableSet<String> named = new TreeSet<>(bulkRead.departments().keySet());
        revoked.scope().values().forEach(named::addAll);
        named.addAll(offHours.departments().keySet());
        named.addAll(concurrentPosts.keySet());
        concurrentPosts.values().forEach(named::addAll);
        return named;
    }

    /** Every dataset that the policy names, in order. */
    public NavigableSet<String> datasets() {
        NavigableSet<String> named = new TreeSet<>(bulkRead.datasets().keySet());
        named.addAll(revoked.scope().keySet());
        exceptions.stream()
                .map(ExceptionPolicy::dataset)
                .filter(Objects::nonNull)
                .forEach(named::add);
        return named;
    }

    /** The version as given, or {@code sha256:} and the first 12 digits of the content's digest. */
    public String versionName() {
        if (version != null) {
            return version;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

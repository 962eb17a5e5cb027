package dev.metsuke.detect.policy;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When exports are expected.
 *
 * @param defaultCalendar whose calendar holds where neither the directory nor the department says
 * @param calendars working calendars by name; {@code office} is there without being named
 * @param departments which calendar holds for a department
 * @param forbidCopyToMedia whether copying to external media is forbidden at any hour
 * @param forbidOutsideEmail whether e-mail to other than the own domains is forbidden at any hour
 * @param ownDomains domains to which e-mail stays in the house; without any, no e-mail is known to leave it
 */
public record OffHoursPolicy(
        @Default(PublishedPolicy.OFFICE_CALENDAR) String defaultCalendar,
        Map<String, CalendarPolicy> calendars,
        Map<String, String> departments,
        @Default("true") boolean forbidCopyToMedia,
        @Default("true") boolean forbidOutsideEmail,
        List<String> ownDomains) {

    public OffHoursPolicy {
        Map<String, CalendarPolicy> known = new TreeMap<>(calendars);
        known.putIfAbsent(PublishedPolicy.OFFICE_CALENDAR, CalendarPolicy.office());
        calendars = Collections.unmodifiableMap(known);
        ownDomains = ownDomains.stream()
                .map(domain -> domain.startsWith("@") ? domain.substring(1) : domain)
                .map(OffHoursPolicy::spelled)
                .sorted()
                .toList();
        departments = Collections.unmodifiableMap(new TreeMap<>(departments));
        List<String> unknown = departments.values().stream()
                .filter(calendar -> !known.containsKey(calendar))
                .toList();
        Check.that()
                .holds(
                        known.containsKey(defaultCalendar),
                        "default-calendar is " + defaultCalendar + "; it can be " + known.keySet())
                .holds(unknown.isEmpty(), "departments name what is no calendar: " + unknown)
                .holds(
                        ownDomains.stream().allMatch(OffHoursPolicy::isDomain),
                        "own-domains must each be one domain such as example.jp, without spaces and any of , * : /,"
                                + " not "
                                + ownDomains)
                .orThrow();
    }

    /** The same where concurrent posts without a calendar have that of the first of their departments that has one. */
    OffHoursPolicy with(Map<String, List<String>> concurrentPosts) {
        Map<String, String> wider = new TreeMap<>(departments);
        concurrentPosts.forEach((posts, several) -> several.stream()
                .filter(departments::containsKey)
                .findFirst()
                .ifPresent(first -> wider.putIfAbsent(posts, departments.getOrDefault(first, defaultCalendar))));
        return new OffHoursPolicy(defaultCalendar, calendars, wider, forbidCopyToMedia, forbidOutsideEmail, ownDomains);
    }

    private static boolean isDomain(String text) {
        return Destination.domains("@" + text)
                        .anyMatch(domain -> domain.group(1).equals(text))
                && text.indexOf('*') < 0;
    }

    /** The name of the calendar that holds: the account's own, else its department's, else the default. */
    public String calendarFor(@Nullable String ofAccount, @Nullable String department) {
        if (ofAccount != null && calendars.containsKey(ofAccount)) {
            return ofAccount;
        }
        return department == null ? defaultCalendar : departments.getOrDefault(department, defaultCalendar);
    }

    /** Whether to take data out in such a way is forbidden at any hour. */
    public boolean isForbidden(Action action, @Nullable String destination) {
        return action.takesDataOut()
                && ((forbidCopyToMedia
                                && (action == Action.COPY_TO_MEDIA || Destination.EXTERNAL_MEDIA.equals(destination)))
                        || (forbidOutsideEmail && leavesByEmail(destination)));
    }

    /** Whether an e-mail went to one address or more outside of the own domains. */
    private boolean leavesByEmail(@Nullable String destination) {
        return !ownDomains.isEmpty()
                && destination != null
                && Destination.domains(destination).anyMatch(domain -> !ownDomains.contains(spelled(domain.group(1))));
    }

    /** As all that are the same domain are spelled: in small letters, without the root's dot. */
    private static String spelled(String domain) {
        return (domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain).toLowerCase(Locale.ROOT);
    }
}

package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a policy and the directory name what the other does not have, for it may be a slip, and then what is said holds for
 * nobody.
 */
final class PolicyNotice {

    private PolicyNotice() {}

    /** Prints the lines by the directory that Kafka holds now. */
    static void print(Policy policy, KafkaSettings kafka, PrintWriter err) {
        try {
            lines(policy, PeopleDirectory.in(kafka).entries(), Instant.now()).forEach(err::println);
        } catch (WriteFailedException e) {
            err.println("whether the directory knows whom the policy names cannot be told: " + e.getMessage());
        }
    }

    /**
     * One line for accounts, departments and calendars each; none where both agree, or nobody has told a directory yet.
     *
     * @param from nobody asks what held before
     */
    static List<String> lines(Policy policy, Collection<DirectoryEntry> directory, Instant from) {
        List<String> lines = new ArrayList<>();
        if (directory.isEmpty()) {
            return lines;
        }
        List<String> people = policy.accounts(from).stream()
                .filter(account -> !new AccountId(account).isAddress())
                .toList();
        note(
                lines,
                "the policy names accounts that are not in the directory: ",
                KnownNames.ofAllAccounts(
                                named(directory, entry -> entry.account().value()))
                        .strangers(people),
                "");
        note(
                lines,
                "the policy names departments of nobody in the directory: ",
                new KnownNames(departments(directory, policy)).strangers(policy.departments()),
                "");
        noteCalendars(lines, policy, directory);
        return lines;
    }

    /** Prints the line of calendars alone, by the policy that holds now, if it is known. */
    static void printOfCalendars(
            Collection<DirectoryEntry> directory, SettingsFile settings, KafkaSettings kafka, PrintWriter err) {
        if (named(directory, DirectoryEntry::calendar).isEmpty()) {
            return;
        }
        try {
            @Nullable Policy policy = PolicyNow.given(settings, kafka);
            if (policy != null) {
                List<String> lines = new ArrayList<>();
                noteCalendars(lines, policy, directory);
                lines.forEach(err::println);
            }
        } catch (IOException | InvalidSettingsException e) {
            err.println("whether the policy has the directory's calendars cannot be told: " + e.getMessage());
        }
    }

    private static void noteCalendars(List<String> lines, Policy policy, Collection<DirectoryEntry> directory) {
        note(
                lines,
                "the directory names calendars that the policy does not have: ",
                new KnownNames(policy.offHours().calendars().keySet())
                        .strangers(named(directory, DirectoryEntry::calendar)),
                "; for their accounts the department's calendar holds, or the default");
    }

    /** In which somebody works, be it beside another. */
    private static List<String> departments(Collection<DirectoryEntry> directory, Policy policy) {
        return named(directory, DirectoryEntry::department).stream()
                .flatMap(department -> Stream.concat(
                        Stream.of(department), policy.concurrentPosts().getOrDefault(department, List.of()).stream()))
                .toList();
    }

    private static void note(List<String> lines, String what, List<KnownNames.Stranger> strangers, String so) {
        if (!strangers.isEmpty()) {
            lines.add(what + StrangerNotice.listed(strangers) + so);
        }
    }

    private static List<String> named(
            Collection<DirectoryEntry> directory, Function<DirectoryEntry, @Nullable String> name) {
        return directory.stream().map(name).filter(Objects::nonNull).toList();
    }
}

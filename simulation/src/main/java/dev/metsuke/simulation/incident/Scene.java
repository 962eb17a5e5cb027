package dev.metsuke.simulation.incident;

import dev.metsuke.events.account.Status;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.work.Access;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that one person's part in an incident, or in what looks like one, adds to the company. */
public final class Scene {

    private final Person person;
    private final Career career;
    private final List<Access> accesses = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    /**
     * What HR reports: a row of {@code status.csv}.
     *
     * @param account whose
     * @param status what changes
     * @param effectiveAt from when on
     * @param reportedAt when HR says so
     * @param department where a transferred person now works
     * @param note why
     */
    public record Report(
            String account,
            Status status,
            Instant effectiveAt,
            Instant reportedAt,
            @Nullable String department,
            String note) {}

    /**
     * An approved export: a row of {@code approvals.csv}.
     *
     * @param account who may
     * @param dataset what
     * @param from from when on
     * @param until until when
     * @param maxRecords at most so many people's data
     * @param ticket where it was asked for
     */
    public record Approval(
            String account, String dataset, Instant from, Instant until, long maxRecords, String ticket) {}

    /**
     * A label that has no number yet.
     *
     * @param kind of which kind
     * @param dataset what it is about, where it is about one
     * @param from the time of the first access
     * @param until the time of the last
     * @param description in words
     */
    record Label(Kind kind, @Nullable String dataset, Instant from, Instant until, String description) {}

    Scene(Person person, Career career) {
        this.person = person;
        this.career = career;
    }

    /** Who plays it; not always quite who was asked: a contract may have come to its end. */
    public Person person() {
        return person;
    }

    public Career career() {
        return career;
    }

    /** What is done beyond ordinary work. */
    public List<Access> accesses() {
        return List.copyOf(accesses);
    }

    public List<Report> reports() {
        return List.copyOf(reports);
    }

    public List<Approval> approvals() {
        return List.copyOf(approvals);
    }

    List<Label> labels() {
        return List.copyOf(labels);
    }

    Scene access(Access access) {
        accesses.add(access);
        return this;
    }

    Scene report(Status status, Instant effectiveAt, Instant reportedAt, @Nullable String department, String note) {
        reports.add(new Report(person.account(), status, effectiveAt, reportedAt, department, note));
        return this;
    }

    Scene approve(String dataset, Instant from, Instant until, long maxRecords, String ticket) {
        approvals.add(new Approval(person.account(), dataset, from, until, maxRecords, ticket));
        return this;
    }

    /** Labels the accesses from the given one on. */
    Scene label(Kind kind, int first, String description) {
        List<Access> labelled = accesses.subList(first, accesses.size());
        List<String> datasets = labelled.stream()
                .map(Access::dataset)
                .filter(Objects::nonNull)
                .map(Dataset::title)
                .distinct()
                .toList();
        labels.add(new Label(
                kind,
                datasets.size() == 1 ? datasets.getFirst() : null,
                Instant.ofEpochMilli(
                        labelled.stream().mapToLong(Access::time).min().orElseThrow()),
                Instant.ofEpochMilli(
                        labelled.stream().mapToLong(Access::time).max().orElseThrow()),
                description));
        return this;
    }

    /** Labels a time of ordinary work. */
    Scene label(Kind kind, @Nullable String dataset, Instant from, Instant until, String description) {
        labels.add(new Label(kind, dataset, from, until, description));
        return this;
    }
}

package dev.metsuke.simulation;

import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.incident.Casting;
import dev.metsuke.simulation.incident.Incident;
import dev.metsuke.simulation.incident.Scene;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes directory, statuses, approvals and labels, as the import commands and the evaluation read them. */
final class CsvFiles {

    private final Company company;
    private final Casting.Play play;

    CsvFiles(Company company, Casting.Play play) {
        this.company = company;
        this.play = play;
    }

    void write(Path folder) throws IOException {
        directory(folder.resolve(SimulatedFile.DIRECTORY.title()));
        statuses(folder.resolve(SimulatedFile.STATUSES.title()));
        approvals(folder.resolve(SimulatedFile.APPROVALS.title()));
        incidents(folder.resolve(SimulatedFile.INCIDENTS.title()));
    }

    private void directory(Path file) throws IOException {
        write(
                file,
                "account,person,name,email,department,employment,calendar,contract_end",
                company.people().stream().map(play::person).map(CsvFiles::entry));
    }

    private static String entry(Person person) {
        return row(
                person.account(),
                person.number(),
                person.name(),
                person.isBatch() ? null : person.email(),
                person.department().title(),
                person.employment(),
                person.ownCalendar(),
                person.contractEnd());
    }

    private void statuses(Path file) throws IOException {
        write(
                file,
                "account,status,effective_at,reported_at,department,note",
                scenes().flatMap(scene -> scene.reports().stream())
                        .sorted(Comparator.comparing(Scene.Report::reportedAt).thenComparing(Scene.Report::account))
                        .map(report -> row(
                                report.account(),
                                report.status().label(),
                                japanese(report.effectiveAt()),
                                japanese(report.reportedAt()),
                                report.department(),
                                report.note())));
    }

    private void approvals(Path file) throws IOException {
        write(
                file,
                "account,dataset,from,until,max_records,ticket",
                scenes().flatMap(scene -> scene.approvals().stream())
                        .sorted(Comparator.comparing(Scene.Approval::from).thenComparing(Scene.Approval::account))
                        .map(approval -> row(
                                approval.account(),
                                approval.dataset(),
                                japanese(approval.from()),
                                japanese(approval.until()),
                                approval.maxRecords(),
                                approval.ticket())));
    }

    private void incidents(Path file) throws IOException {
        write(
                file,
                "id,kind,difficulty,label,rule,account,dataset,from,until,description",
                play.incidents().stream().map(CsvFiles::label));
    }

    private static String label(Incident incident) {
        return row(
                incident.id(),
                incident.kind(),
                incident.difficulty().name().toLowerCase(Locale.ROOT),
                incident.label(),
                incident.rule().id(),
                incident.account(),
                incident.dataset(),
                incident.from(),
                incident.until(),
                incident.description());
    }

    private Stream<Scene> scenes() {
        return new TreeMap<>(play.scenes()).values().stream();
    }

    private static String japanese(Instant time) {
        return time.atZone(Timeline.ZONE).toOffsetDateTime().toString();
    }

    private static String row(@Nullable Object... cells) {
        return Stream.of(cells)
                .map(cell -> Objects.toString(cell, ""))
                .map(CsvFiles::quoted)
                .collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return cell.contains(",") || cell.contains("\"") || cell.contains("\n")
                ? "\"" + cell.replace("\"", "\"\"") + "\""
                : cell;
    }

    private static void write(Path file, String header, Stream<String> rows) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(header + "\n");
            List<String> lines = rows.toList();
            for (String line : lines) {
                out.write(line + "\n");
            }
        }
    }
}

package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.simulation.incident.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The labels out of {@code incidents.csv}.
 *
 * @param incidents the rows that are right
 * @param problems everything that is wrong, by line
 */
record LabelledIncidents(List<Incident> incidents, List<Problem> problems) {

    LabelledIncidents {
        incidents = List.copyOf(incidents);
        problems = List.copyOf(problems);
    }

    /** A pure function of the file. */
    static LabelledIncidents read(byte[] file) {
        CsvTable table = CsvTable.read(file, Incident.COLUMNS, Incident.MORE_COLUMNS);
        List<Problem> problems = new ArrayList<>(table.problems());
        List<Incident> incidents = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (CsvTable.Row row : table.rows()) {
            try {
                Incident incident = Incident.of(row.cells());
                if (ids.add(incident.id())) {
                    incidents.add(incident);
                } else {
                    problems.add(new Problem(row.line(), "id", "“" + incident.id() + "” stands there twice"));
                }
            } catch (IllegalArgumentException e) {
                String.valueOf(e.getMessage())
                        .lines()
                        .forEach(problem -> problems.add(new Problem(row.line(), null, problem)));
            }
        }
        problems.sort(Comparator.comparingInt(Problem::lineOrZero));
        return new LabelledIncidents(incidents, problems);
    }
}

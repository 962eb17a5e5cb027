package dev.metsuke.simulation;

import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Scale;
import dev.metsuke.simulation.incident.Casting;
import dev.metsuke.simulation.incident.Incident;
import dev.metsuke.simulation.incident.Kind;
import dev.metsuke.simulation.work.WorkDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A company's two months with labelled incidents, as files that a backtest reads; the same scale, the same bytes. */
public final class Simulation {

    private final Company company;
    private final WorkDays work;
    private final Casting.Play play;

    private Simulation(Company company, WorkDays work, Casting.Play play) {
        this.company = company;
        this.work = work;
        this.play = play;
    }

    /** Draws the company and what is to happen; the days themselves are made as they are written. */
    public static Simulation of(Scale scale) {
        Company company = Company.of(scale);
        WorkDays work = new WorkDays(company);
        return new Simulation(company, work, Casting.of(company, work));
    }

    /** The labels, in order of time. */
    public List<Incident> incidents() {
        return play.incidents();
    }

    /** Kinds for which the simulated days have no room, such as a national holiday where there is none. */
    public List<Kind> leftOut() {
        return play.leftOut();
    }

    /**
     * Writes everything; a folder that has the facts has all the rest.
     *
     * @param folder made where it is not there; files of the same names are replaced
     * @return how many events there are
     */
    public long write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(SimulatedFile.FACTS.title()));
        // Those of another simulation would be held against labels of this one.
        Files.deleteIfExists(folder.resolve(SimulatedFile.ALERTS.title()));
        PolicyFile.write(company, folder.resolve(SimulatedFile.POLICY.title()));
        new CsvFiles(company, play).write(folder);
        long events = new EventFile(company, work, play).write(folder.resolve(SimulatedFile.EVENTS.title()));
        SimulationFacts facts = new SimulationFacts(
                company.scale().accounts(),
                company.scale().days(),
                company.scale().seed(),
                company.scale().from(),
                events);
        Files.write(folder.resolve(SimulatedFile.FACTS.title()), facts.toJson());
        return events;
    }
}

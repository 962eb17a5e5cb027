package dev.metsuke.simulation;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventWriter;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Seeds.Purpose;
import dev.metsuke.simulation.company.Source;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.incident.Casting;
import dev.metsuke.simulation.incident.Scene;
import dev.metsuke.simulation.work.Access;
import dev.metsuke.simulation.work.Shipping;
import dev.metsuke.simulation.work.WorkDays;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Writes the events in order of arrival. It holds one day's events and those of the days before that are still to come. */
final class EventFile {

    private static final int BUFFER = 1 << 20;
    private static final List<String> DATABASE = List.of("database");
    private static final List<String> AUTHENTICATION = List.of("authentication");
    private static final List<String> FILE = List.of("file");
    private static final List<String> WEB = List.of("web");

    private static final Comparator<Arrival> ORDER = Comparator.comparingLong(Arrival::created)
            .thenComparingInt(arrival -> arrival.person().index())
            .thenComparingInt(Arrival::day)
            .thenComparingInt(Arrival::number);

    private final Company company;
    private final Timeline timeline;
    private final WorkDays work;
    private final Casting.Play play;
    private final Shipping shipping;
    private final AccessEventWriter writer = new AccessEventWriter();

    private record Arrival(long created, Person person, int day, int number, Access access) {}

    EventFile(Company company, WorkDays work, Casting.Play play) {
        this.company = company;
        this.timeline = company.timeline();
        this.work = work;
        this.play = play;
        this.shipping = new Shipping(company.seeds(), timeline);
    }

    long write(Path file) throws IOException {
        long written = 0;
        List<Arrival> waiting = new ArrayList<>();
        List<List<Arrival>> played = played();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (int day = 0; day < timeline.days(); day++) {
                for (Person person : company.people()) {
                    Career career = play.career(person);
                    arrive(person, day, work.of(person, career, day), waiting);
                }
                waiting.addAll(played.set(day, List.of()));
                waiting.sort(ORDER);
                long tomorrow = day + 1 == timeline.days() ? Long.MAX_VALUE : timeline.time(day + 1, 0);
                int ready = 0;
                while (ready < waiting.size() && waiting.get(ready).created() < tomorrow) {
                    write(waiting.get(ready), out);
                    ready++;
                }
                waiting.subList(0, ready).clear();
                written += ready;
            }
        }
        return written;
    }

    private void arrive(Person person, int day, List<Access> accesses, List<Arrival> waiting) {
        if (accesses.isEmpty()) {
            return;
        }
        SplittableRandom random = company.seeds().of(Purpose.SHIPPING, person.index(), day);
        int number = 0;
        for (Access access : accesses) {
            waiting.add(new Arrival(shipping.created(access, random), person, day, number++, access));
        }
    }

    /** What scenes add, by the day on which it happens. */
    private List<List<Arrival>> played() {
        List<List<Arrival>> days = new ArrayList<>();
        for (int day = 0; day < timeline.days(); day++) {
            days.add(new ArrayList<>());
        }
        for (Person person : company.people()) {
            Scene scene = play.scenes().get(person.index());
            if (scene != null) {
                SplittableRandom random = company.seeds().of(Purpose.SHIPPING, person.index(), -1);
                // Numbered on from where no ordinary day's number comes.
                int number = 1_000_000;
                for (Access access : scene.accesses()) {
                    // The last night's shift ends after the last day.
                    int day = Math.min(timeline.days() - 1, timeline.day(access.time()));
                    days.get(day)
                            .add(new Arrival(shipping.created(access, random), scene.person(), day, number++, access));
                }
            }
        }
        return days;
    }

    private void write(Arrival arrival, OutputStream out) throws IOException {
        writer.write(event(arrival), null);
        out.write(writer.toByteArray());
        out.write('\n');
    }

    private AccessEvent event(Arrival arrival) {
        Access access = arrival.access();
        Person person = arrival.person();
        Source source = access.source();
        Dataset dataset = access.dataset();
        return AccessEvent.builder()
                .timestamp(Instant.ofEpochMilli(access.time()))
                .created(Instant.ofEpochMilli(arrival.created()))
                .id("sim-" + company.scale().seed() + "-" + person.index() + "-" + arrival.day() + "-"
                        + arrival.number())
                .action(access.action())
                .outcome(access.failed() ? Outcome.FAILURE : Outcome.SUCCESS)
                .eventCategories(categories(source))
                .userId(person.account())
                .hostName(source.host())
                .serviceName(source.service())
                .sourceIp("10.64." + person.index() / 250 % 250 + "." + (1 + person.index() % 250))
                .dataset(dataset == null ? null : dataset.title())
                .records(access.records() == Access.UNKNOWN ? null : access.records())
                .destination(access.destination())
                .build();
    }

    private static List<String> categories(Source source) {
        return switch (source) {
            case CRM, DATABASE -> DATABASE;
            case PORTAL, CLOUD -> WEB;
            case BRANCH -> FILE;
            case DIRECTORY -> AUTHENTICATION;
        };
    }
}

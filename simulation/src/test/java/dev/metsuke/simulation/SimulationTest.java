package dev.metsuke.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.simulation.company.Calendar;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Department;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Scale;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.incident.Incident;
import dev.metsuke.simulation.incident.Kind;
import dev.metsuke.simulation.work.Access;
import dev.metsuke.simulation.work.WorkDays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

    private static final Scale SCALE = new Scale(200, 60, 7, Scale.USUAL_FROM);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @TempDir
    private static Path folder = Path.of("");

    private static List<AccessEvent> events = List.of();
    private static List<Incident> incidents = List.of();
    private static Map<AccountId, List<Incident>> labels = Map.of();
    private static Map<String, Person> people = Map.of();
    private static Company company = Company.of(SCALE);

    @BeforeAll
    static void simulate() throws Exception {
        Simulation simulation = Simulation.of(SCALE);
        simulation.write(folder);
        incidents = simulation.incidents();
        labels = incidents.stream().collect(Collectors.groupingBy(Incident::account));
        people = company.people().stream().collect(Collectors.toMap(Person::account, person -> person));
        List<AccessEvent> read = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("events.ndjson"))) {
            read.add(AccessEventJson.decode(line.getBytes(StandardCharsets.UTF_8)));
        }
        events = read;
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers(@TempDir Path again, @TempDir Path other) throws IOException {
        Simulation.of(SCALE).write(again);
        Simulation.of(new Scale(200, 60, 8, Scale.USUAL_FROM)).write(other);

        for (SimulatedFile file : SimulatedFile.values()) {
            if (file != SimulatedFile.ALERTS) {
                assertThat(again.resolve(file.title())).hasSameBinaryContentAs(folder.resolve(file.title()));
            }
        }
        for (SimulatedFile file : List.of(SimulatedFile.EVENTS, SimulatedFile.INCIDENTS, SimulatedFile.STATUSES)) {
            assertThat(Files.mismatch(folder.resolve(file.title()), other.resolve(file.title())))
                    .isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void evenASmallCompanyHasEveryKind(long seed) {
        Simulation simulation = Simulation.of(new Scale(Scale.LEAST_ACCOUNTS, 60, seed, Scale.USUAL_FROM));

        assertThat(simulation.leftOut()).isEmpty();
        assertThat(simulation.incidents())
                .extracting(Incident::kind)
                .contains(Stream.of(Kind.values()).map(Kind::title).toArray(String[]::new));
    }

    @Test
    void namesWhatTheDaysHaveNoRoomFor() {
        Simulation simulation = Simulation.of(new Scale(100, 28, 1, LocalDate.of(2026, 6, 1)));

        assertThat(simulation.leftOut())
                .contains(Kind.SLOW_DRIP, Kind.NATIONAL_HOLIDAY_EXPORT, Kind.COMPANY_DAY_OFF_EXPORT);
    }

    @Test
    void nobodyHasTwoLabelsAtATime() {
        assertThat(labels.values()).allSatisfy(labels -> {
            List<Incident> ordered =
                    labels.stream().sorted(Comparator.comparing(Incident::from)).toList();
            for (int i = 1; i < ordered.size(); i++) {
                assertThat(ordered.get(i).from())
                        .isAfterOrEqualTo(ordered.get(i - 1).until());
            }
        });
    }

    @Test
    void eventsComeInOrderOfArrivalAndOutOfOrderOfTime() {
        Instant last = Instant.MIN;
        int backwards = 0;
        Instant lastTime = Instant.MIN;
        Set<String> ids = new HashSet<>();
        for (AccessEvent event : events) {
            Instant created = Objects.requireNonNull(event.created());
            if (created.isBefore(last)
                    || created.isBefore(event.timestamp())
                    || created.isAfter(event.timestamp().plus(Duration.ofHours(12)))
                    || !ids.add(event.id())) {
                fail("%s comes after %s", event, last);
            }
            backwards += event.timestamp().isBefore(lastTime) ? 1 : 0;
            last = created;
            lastTime = event.timestamp();
        }
        assertThat(backwards).isBetween(events.size() / 10, events.size() / 2);
    }

    @Test
    void nobodyWorksOutsideOfTheirCalendarUnlessALabelSaysSo() {
        Timeline timeline = company.timeline();
        for (AccessEvent event : events) {
            Person person = person(event.account());
            if (!isLabelled(event)) {
                Calendar calendar = person.department().calendar();
                long time = event.timestamp().toEpochMilli();
                int today = timeline.day(time);
                boolean isWorkingTime = Stream.of(today, today - 1)
                        .anyMatch(day -> timeline.isWorkingDay(calendar, day)
                                && time >= timeline.time(day, calendar.opens())
                                && time < timeline.time(day, calendar.closes()));
                if (!isWorkingTime) {
                    fail(
                            "%s of %s at %s",
                            event.action(), person, event.timestamp().atZone(Timeline.ZONE));
                }
            }
        }
    }

    @Test
    void peopleDifferAndTheirDaysDoWithAHeavyTail() {
        WorkDays work = new WorkDays(company);
        List<Long> support = company.people().stream()
                .filter(person -> person.department() == Department.SUPPORT)
                .map(work::usualDay)
                .sorted()
                .toList();
        Map<Person, Map<LocalDate, Long>> days = new HashMap<>();
        for (AccessEvent event : events) {
            Person person = person(event.account());
            if (!person.isBatch() && !isLabelled(event)) {
                days.computeIfAbsent(person, _ -> new TreeMap<>())
                        .merge(day(event.timestamp()), records(event), Long::sum);
            }
        }
        long all = 0;
        long fiveTimes = 0;
        long twice = 0;
        for (Map.Entry<Person, Map<LocalDate, Long>> person : days.entrySet()) {
            long usual = Math.max(1, work.usualDay(person.getKey()));
            for (long day : person.getValue().values()) {
                all++;
                twice += day >= 2 * usual ? 1 : 0;
                fiveTimes += day >= 5 * usual && day >= 50 ? 1 : 0;
            }
        }

        assertThat(support.get(support.size() / 2)).isBetween(25L, 55L);
        assertThat(support.getLast()).isGreaterThan(4 * support.getFirst());
        assertThat((double) twice / all).isBetween(0.04, 0.2);
        assertThat((double) fiveTimes / all).isBetween(0.0002, 0.004);
    }

    @Test
    void accountingIsBusyAtTheEndOfTheMonth() {
        Map<Boolean, Double> reads = events.stream()
                .filter(event -> person(event.account()).department() == Department.ACCOUNTING)
                .filter(event -> event.action() == Action.READ)
                .collect(Collectors.groupingBy(event -> day(event.timestamp())))
                .entrySet()
                .stream()
                .filter(day -> day.getValue().size() > 20)
                .collect(Collectors.partitioningBy(
                        day -> company.timeline()
                                .companyDays()
                                .isMonthEnd(Department.ACCOUNTING.calendar(), day.getKey()),
                        Collectors.averagingInt(day -> day.getValue().size())));

        assertThat(reads.getOrDefault(true, 0.0) / reads.getOrDefault(false, 1.0))
                .isBetween(2.0, 3.5);
    }

    @Test
    void burstsAreAboveTheCeilingAndAllBulkReadsFarAboveTheUsual() {
        WorkDays work = new WorkDays(company);
        for (Incident incident : of(Kind.BULK_READ_BURST, Kind.BULK_READ_WITHIN_CEILING)) {
            Person person = person(incident.account());
            List<AccessEvent> reads = during(incident);
            long most = mostWithin(TEN_MINUTES, reads);
            int ceiling = person.department().mainDataset().ceiling();

            assertThat(reads.stream().mapToLong(SimulationTest::records).sum())
                    .isGreaterThanOrEqualTo(5 * work.usualDay(person));
            if (incident.kind().equals(Kind.BULK_READ_BURST.title())) {
                assertThat(most).isGreaterThan(ceiling);
            } else {
                assertThat(most).isLessThan(ceiling);
            }
        }
    }

    @Test
    void aSlowDripIsAboutThreeTimesTheUsualAndNeverABurst() {
        WorkDays work = new WorkDays(company);
        for (Incident incident : of(Kind.SLOW_DRIP)) {
            Person person = person(incident.account());
            List<AccessEvent> reads = during(incident);
            Map<LocalDate, Long> byDay = reads.stream()
                    .collect(Collectors.groupingBy(
                            event -> day(event.timestamp()),
                            TreeMap::new,
                            Collectors.summingLong(SimulationTest::records)));
            long[] days =
                    byDay.values().stream().mapToLong(Long::longValue).sorted().toArray();

            assertThat((double) days[days.length / 2] / work.usualDay(person)).isBetween(2.4, 4.0);
            assertThat(mostWithin(TEN_MINUTES, reads))
                    .isLessThan(person.department().mainDataset().ceiling());
            assertThat(Duration.between(incident.from(), incident.until())).isGreaterThan(Duration.ofDays(24));
        }
    }

    @Test
    void labelsHoldWhatTheySay() {
        assertThat(of(Kind.RETIRED_FAILED_LOGIN))
                .allSatisfy(label -> assertThat(during(label))
                        .isNotEmpty()
                        .allMatch(event -> event.outcome() == Outcome.FAILURE && event.action() == Action.LOGIN));
        assertThat(of(Kind.COPY_TO_EXTERNAL_MEDIA))
                .allSatisfy(label ->
                        assertThat(during(label)).anyMatch(event -> "external-media".equals(event.destination())));
        assertThat(of(Kind.EMAIL_TO_OUTSIDE_DOMAIN))
                .allSatisfy(label -> assertThat(during(label))
                        .anyMatch(event -> String.valueOf(event.destination()).endsWith("@freemail.example.net")));
        assertThat(of(Kind.UNKNOWN_COUNT_COPY, Kind.UNKNOWN_COUNT_OF_UNKNOWN_SIZE))
                .allSatisfy(label -> assertThat(during(label)).anyMatch(event -> event.records() == null));
        assertThat(events)
                .filteredOn(event -> String.valueOf(event.destination()).contains("@freemail"))
                .allMatch(SimulationTest::isLabelled);
    }

    @Test
    void afterRetirementNothingIsDoneButWhatIsLabelled() throws IOException {
        Map<String, Instant> retired = Files.readAllLines(folder.resolve("status.csv")).stream()
                .map(line -> Arrays.asList(line.split(",", -1)))
                .filter(cells -> cells.get(1).equals("retired"))
                .collect(Collectors.toMap(
                        List::getFirst,
                        cells -> OffsetDateTime.parse(cells.get(2)).toInstant()));

        assertThat(retired).hasSizeGreaterThan(4);
        assertThat(events)
                .filteredOn(event -> !event.timestamp().isBefore(retired.getOrDefault(event.userId(), Instant.MAX)))
                .isNotEmpty()
                .allMatch(SimulationTest::isLabelled);
    }

    @Test
    void whoeverLeavesWorksNoNightThatEndsAfterwards() {
        WorkDays work = new WorkDays(company);
        Person operator = company.people().stream()
                .filter(person -> person.department() == Department.NIGHT_SUPPORT)
                .findFirst()
                .orElseThrow();
        int last = 1
                + IntStream.range(30, 60)
                        .filter(day -> !work.of(operator, Career.steady(), day).isEmpty())
                        .findFirst()
                        .orElseThrow();
        long end = company.timeline().time(last, 0);

        List<Access> done = IntStream.range(0, 60)
                .mapToObj(day -> work.of(operator, Career.steady().leaving(last), day))
                .flatMap(List::stream)
                .toList();

        assertThat(done).hasSizeGreaterThan(100).allMatch(access -> access.time() < end);
        assertThat(work.of(operator, Career.steady(), last - 1)).anyMatch(access -> access.time() >= end);
    }

    @Test
    void refusesWhatCannotBeSimulated() {
        assertThatThrownBy(() -> new Scale(5, 3, 1, LocalDate.of(2031, 1, 1)))
                .hasMessageContaining("--accounts is 5")
                .hasMessageContaining("--days is 3")
                .hasMessageContaining("--from is 2031-01-01");
    }

    private static boolean isLabelled(AccessEvent event) {
        return labels.getOrDefault(event.account(), List.of()).stream()
                .anyMatch(label -> label.overlaps(event.timestamp(), event.timestamp()));
    }

    private static List<Incident> of(Kind... kinds) {
        Set<String> titles = Stream.of(kinds).map(Kind::title).collect(Collectors.toSet());
        List<Incident> found = incidents.stream()
                .filter(label -> titles.contains(label.kind()))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private static List<AccessEvent> during(Incident label) {
        return events.stream()
                .filter(event -> label.account().value().equals(event.userId())
                        && label.overlaps(event.timestamp(), event.timestamp()))
                .sorted(Comparator.comparing(AccessEvent::timestamp))
                .toList();
    }

    private static long mostWithin(Duration window, List<AccessEvent> ordered) {
        long most = 0;
        for (AccessEvent first : ordered) {
            Instant end = first.timestamp().plus(window);
            most = Math.max(
                    most,
                    ordered.stream()
                            .filter(event -> !event.timestamp().isBefore(first.timestamp())
                                    && event.timestamp().isBefore(end))
                            .mapToLong(SimulationTest::records)
                            .sum());
        }
        return most;
    }

    private static Person person(AccountId account) {
        return Objects.requireNonNull(people.get(account.value()), account.value());
    }

    private static long records(AccessEvent event) {
        Long records = event.records();
        return records == null ? 0 : records;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, Timeline.ZONE);
    }
}

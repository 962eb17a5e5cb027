package dev.metsuke.simulation;

import dev.metsuke.simulation.company.Calendar;
import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Department;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what the company allows, as a settings file with the section {@code policy}. */
final class PolicyFile {

    /** How often over a batch account may read what its dataset holds: it reads it whole, and hands it on whole. */
    private static final int BATCH_ROOM = 4;

    private PolicyFile() {}

    static void write(Company company, Path file) throws IOException {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# What the simulated company allows.\n");
        yaml.append("policy:\n  version: simulated\n  zone: Asia/Tokyo\n");
        bulkRead(company, yaml);
        revoked(yaml);
        offHours(company.timeline(), yaml);
        Files.writeString(file, yaml);
    }

    private static void bulkRead(Company company, StringBuilder yaml) {
        int accounts = company.scale().accounts();
        yaml.append("  bulk-read:\n    window: 10m\n    ceiling: 1000\n    datasets:\n");
        for (Dataset dataset : Dataset.values()) {
            yaml.append(String.format(Locale.ROOT, "      %s: {ceiling: %d", dataset.title(), dataset.ceiling()));
            yaml.append(
                    dataset.isSizeKnown()
                            ? String.format(Locale.ROOT, ", size: %d}\n", dataset.size(accounts))
                            : "}\n");
        }
        yaml.append("    accounts:\n");
        for (Person program : company.people()) {
            if (program.isBatch()) {
                yaml.append(String.format(
                        Locale.ROOT,
                        "      %s: %d\n",
                        program.account(),
                        BATCH_ROOM * program.nightly().size(accounts)));
            }
        }
    }

    private static void revoked(StringBuilder yaml) {
        yaml.append("  revoked:\n    hand-over: 14d\n    scope:\n");
        for (Dataset dataset : Dataset.values()) {
            yaml.append(String.format(
                    Locale.ROOT,
                    "      %s: [%s]\n",
                    dataset.title(),
                    dataset.departments().stream().map(Department::title).collect(Collectors.joining(", "))));
        }
    }

    private static void offHours(Timeline timeline, StringBuilder yaml) {
        yaml.append(
                "  off-hours:\n    default-calendar: office\n    own-domains: [company.example.jp]\n    calendars:\n");
        for (Calendar calendar : Calendar.values()) {
            yaml.append("      ").append(calendar.title()).append(":\n        hours:\n");
            for (DayOfWeek day : DayOfWeek.values()) {
                if (calendar.holds(day)) {
                    yaml.append(String.format(
                            Locale.ROOT,
                            "          %s: [\"%s-%s\"]\n",
                            day.name().toLowerCase(Locale.ROOT),
                            time(calendar.opens()),
                            time(calendar.closes())));
                }
            }
            if (calendar.hasHolidays()) {
                yaml.append("        holidays: japan\n        days-off: [08-13..08-15, 12-29..01-03]\n");
                yaml.append(String.format(
                        Locale.ROOT,
                        "        working-days: [%s]\n",
                        timeline.companyDays().extraWorkingDay()));
            } else {
                yaml.append("        holidays: none\n");
            }
        }
        yaml.append("    departments:\n");
        for (Department department : List.of(Department.values())) {
            yaml.append(String.format(
                    Locale.ROOT,
                    "      %s: %s\n",
                    department.title(),
                    department.calendar().title()));
        }
    }

    private static String time(int minute) {
        int ofDay = minute > 24 * 60 ? minute - 24 * 60 : minute;
        return String.format(Locale.ROOT, "%02d:%02d", ofDay / 60, ofDay % 60);
    }
}

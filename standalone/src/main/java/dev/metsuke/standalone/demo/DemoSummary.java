package dev.metsuke.standalone.demo;

import dev.metsuke.events.alert.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a demo, counted at each end of the way.
 *
 * @param written lines that the company's logs hold
 * @param read lines that the shipper read
 * @param shipped lines that became events
 * @param rejected lines that could not be understood
 * @param ignored well-formed lines that are no accesses
 * @param archivedEvents events that a search of the archive counts
 * @param archivedRejections rejections that a search of the archive counts
 * @param alerts alerts on the topic that hold, by rule
 * @param archivedAlerts alerts that a search of the archive counts, withdrawn ones among them
 * @param allAlerts alerts on the topic, withdrawn ones among them
 */
public record DemoSummary(
        long written,
        long read,
        long shipped,
        long rejected,
        long ignored,
        long archivedEvents,
        long archivedRejections,
        Map<Rule, Long> alerts,
        long archivedAlerts,
        long allAlerts) {

    public DemoSummary {
        alerts = Map.copyOf(alerts);
    }

    public boolean addsUp() {
        return faults().isEmpty();
    }

    /** What does not add up; empty if all does. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        equal(faults, "lines in the logs", written, "lines read", read);
        equal(faults, "lines read", read, "shipped + rejected + ignored", shipped + rejected + ignored);
        equal(faults, "lines that nothing can parse", SampleCompany.brokenLines(), "rejected", rejected);
        equal(faults, "shipped", shipped, "events in the archive", archivedEvents);
        equal(faults, "rejected", rejected, "rejections in the archive", archivedRejections);
        equal(faults, "alerts raised", allAlerts, "alerts in the archive", archivedAlerts);
        SampleCompany.expectedAlerts()
                .forEach((rule, expected) -> equal(
                        faults, "incidents of " + rule.id(), expected, "alerts of it", alerts.getOrDefault(rule, 0L)));
        return faults;
    }

    public String describe() {
        StringBuilder text = new StringBuilder(
                """

                Summary
                  lines read   %7d
                    shipped    %7d
                    rejected   %7d
                    ignored    %7d
                  archived     %7d events, %d rejections, %d alerts
                  alerts by rule
                """.formatted(read, shipped, rejected, ignored, archivedEvents, archivedRejections, archivedAlerts));
        for (Rule rule : Rule.values()) {
            text.append("    %-18s %d%n".formatted(rule.id(), alerts.getOrDefault(rule, 0L)));
        }
        List<String> faults = faults();
        text.append(faults.isEmpty() ? "The numbers add up." : "The numbers do NOT add up:");
        faults.forEach(fault -> text.append(System.lineSeparator()).append("  ").append(fault));
        return text.toString();
    }

    private static void equal(List<String> faults, String one, long first, String other, long second) {
        if (first != second) {
            faults.add(one + " " + first + ", but " + other + " " + second);
        }
    }
}

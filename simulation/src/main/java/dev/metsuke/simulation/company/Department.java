package dev.metsuke.simulation.company;

import java.util.List;

/** A department: how large, when it works, with what, and how much of it on a usual day. */
@SuppressWarnings("ImmutableEnumChecker") // List.of and a record of numbers cannot change
public enum Department {
    SUPPORT(
            "Customer Support",
            "shift",
            0.27,
            new Load(26, 0.06, 8, 0.02, 15),
            List.of(Dataset.CUSTOMERS, Dataset.TICKETS)),
    NIGHT_SUPPORT(
            "Night Support",
            "night",
            0.05,
            new Load(14, 0.05, 8, 0.2, 15),
            List.of(Dataset.CUSTOMERS, Dataset.TICKETS)),
    SALES(
            "Sales",
            "office",
            0.24,
            new Load(12, 0.2, 16, 0.25, 35),
            List.of(Dataset.CUSTOMERS, Dataset.CONTRACTS, Dataset.SALES_SHARE)),
    MARKETING(
            "Marketing",
            "office",
            0.08,
            new Load(8, 0.3, 30, 0.2, 55),
            List.of(Dataset.MAILING_LIST, Dataset.CUSTOMERS)),
    ACCOUNTING(
            "Accounting", "office", 0.1, new Load(14, 0.25, 18, 0.2, 40), List.of(Dataset.INVOICES, Dataset.CONTRACTS)),
    HUMAN_RESOURCES("Human Resources", "office", 0.05, new Load(7, 0.15, 10, 0.1, 12), List.of(Dataset.EMPLOYEES)),
    LOGISTICS("Logistics", "early", 0.13, new Load(20, 0.1, 10, 0.1, 16), List.of(Dataset.SHIPMENTS)),
    SYSTEMS("Information Systems", "flex", 0.08, new Load(3, 0.1, 6, 0.03, 10), List.of(Dataset.LOGINS)),
    /** Programs that work at night; they have accounts, and no person. */
    BATCH(
            "Batch",
            "always",
            0,
            new Load(0, 0, 0, 0, 0),
            List.of(Dataset.CUSTOMERS, Dataset.INVOICES, Dataset.MAILING_LIST, Dataset.SHIPMENTS));

    /**
     * A usual day of somebody in the middle of the department.
     *
     * @param reads how many reads
     * @param lists which share of them shows a list rather than one person's data
     * @param listed how many people such a list shows, in the median
     * @param exports how many exports
     * @param exported how many people's data an export takes, in the median
     */
    public record Load(double reads, double lists, double listed, double exports, double exported) {}

    private final String title;
    private final String calendar;
    private final double share;
    private final Load load;
    private final List<Dataset> datasets;

    Department(String title, String calendar, double share, Load load, List<Dataset> datasets) {
        this.title = title;
        this.calendar = calendar;
        this.share = share;
        this.load = load;
        this.datasets = datasets;
    }

    /** As directory and policy call it. */
    public String title() {
        return title;
    }

    public Calendar calendar() {
        return Calendar.named(calendar);
    }

    /** Its part of all people. */
    public double share() {
        return share;
    }

    public Load load() {
        return load;
    }

    /** What it works with, the most used first. */
    public List<Dataset> datasets() {
        return datasets;
    }

    /** What it works with most. */
    public Dataset mainDataset() {
        return datasets.getFirst();
    }
}

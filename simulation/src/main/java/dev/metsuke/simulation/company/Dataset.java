package dev.metsuke.simulation.company;

import java.util.List;

/** What the company keeps about people, and which system logs the accesses to it. */
public enum Dataset {
    CUSTOMERS("crm.customers", 400, true, 1_000, Source.CRM),
    CONTRACTS("crm.contracts", 150, true, 1_000, Source.CRM),
    TICKETS("support.tickets", 250, true, 1_000, Source.PORTAL),
    MAILING_LIST("marketing.mailing-list", 300, true, 2_500, Source.CLOUD),
    INVOICES("billing.invoices", 200, true, 1_500, Source.DATABASE),
    EMPLOYEES("hr.employees", 1, true, 500, Source.DATABASE),
    SHIPMENTS("wms.shipments", 350, true, 1_000, Source.BRANCH),
    LOGINS("web.logins", 500, true, 1_000, Source.DATABASE),
    /** Nobody knows how many people a share full of spreadsheets holds. */
    SALES_SHARE("files.sales-share", 50, false, 1_000, Source.BRANCH);

    private final String title;
    private final int peopleAnAccount;
    private final boolean sizeKnown;
    private final int ceiling;
    private final Source source;

    Dataset(String title, int peopleAnAccount, boolean sizeKnown, int ceiling, Source source) {
        this.title = title;
        this.peopleAnAccount = peopleAnAccount;
        this.sizeKnown = sizeKnown;
        this.ceiling = ceiling;
        this.source = source;
    }

    /** {@code metsuke.dataset}. */
    public String title() {
        return title;
    }

    /** How many people it is about. */
    public long size(int accounts) {
        return (long) peopleAnAccount * accounts;
    }

    /** Whether the policy can tell how many people it is about. */
    public boolean isSizeKnown() {
        return sizeKnown;
    }

    /** How many people's data the policy lets an account read of it in ten minutes. */
    public int ceiling() {
        return ceiling;
    }

    public Source source() {
        return source;
    }

    /** The departments that work with it: its scope. */
    public List<Department> departments() {
        return List.of(Department.values()).stream()
                .filter(department -> department.datasets().contains(this))
                .toList();
    }
}

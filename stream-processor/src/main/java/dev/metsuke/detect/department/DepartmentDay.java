package dev.metsuke.detect.department;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;

/**
 * How much a department's accounts read on one date, as far as nothing was too much.
 *
 * @param working the accounts for which it was a working day
 * @param free those for which it was none
 */
public record DepartmentDay(Readers working, Readers free) {

    public static final DepartmentDay NOTHING = new DepartmentDay(Readers.NOTHING, Readers.NOTHING);

    public DepartmentDay with(DepartmentDay other) {
        return new DepartmentDay(working.with(other.working), free.with(other.free));
    }

    /** So many more, or fewer, of these. */
    DepartmentDay with(PersonDay person, long times) {
        return person.isWorking()
                ? new DepartmentDay(working.with(person, times), free)
                : new DepartmentDay(working, free.with(person, times));
    }

    public void write(CompactWriter out) {
        working.write(out);
        free.write(out);
    }

    public static DepartmentDay read(CompactReader in) {
        return new DepartmentDay(Readers.read(in), Readers.read(in));
    }

    /**
     * Some accounts.
     *
     * @param days how many people's data each read on the day
     * @param hours how many in its largest hour
     */
    public record Readers(Histogram days, Histogram hours) {

        public static final Readers NOTHING = new Readers(Histogram.NOTHING, Histogram.NOTHING);

        public Readers with(Readers other) {
            return new Readers(days.with(other.days), hours.with(other.hours));
        }

        private Readers with(PersonDay person, long times) {
            return new Readers(days.with(person.day(), times), hours.with(person.hour(), times));
        }

        /** How many accounts. */
        public long size() {
            return days.size();
        }

        private void write(CompactWriter out) {
            days.write(out);
            hours.write(out);
        }

        private static Readers read(CompactReader in) {
            return new Readers(Histogram.read(in), Histogram.read(in));
        }
    }
}

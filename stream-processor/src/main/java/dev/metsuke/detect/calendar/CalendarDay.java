package dev.metsuke.detect.calendar;

import java.util.List;

/** What a calendar says about a day. */
public sealed interface CalendarDay {

    /** There is work at these times. */
    record Working(List<Shift> shifts) implements CalendarDay {

        public Working {
            shifts = List.copyOf(shifts);
        }
    }

    /** There is none, and why. */
    enum Off implements CalendarDay {
        COMPANY_DAY_OFF,
        NATIONAL_HOLIDAY,
        NOT_WORKING
    }
}

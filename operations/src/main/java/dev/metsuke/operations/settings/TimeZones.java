package dev.metsuke.operations.settings;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** Reads a time zone that somebody wrote: by its place, such as {@code Asia/Tokyo}, or as an offset, such as {@code +09:00}. */
public final class TimeZones {

    /** What abbreviations stand for; Java takes some of them silently for one of these, or for an offset without summer time. */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("ADT", "America/Halifax, Asia/Riyadh"),
            Map.entry("AEST", "Australia/Sydney, Australia/Brisbane"),
            Map.entry("AMT", "America/Manaus, Asia/Yerevan"),
            Map.entry("AST", "America/Halifax, Asia/Riyadh, America/Puerto_Rico"),
            Map.entry("BST", "Europe/London, Asia/Dhaka, Pacific/Bougainville"),
            Map.entry("CDT", "America/Chicago, America/Havana"),
            Map.entry("CEST", "Europe/Berlin, Europe/Paris and others"),
            Map.entry("CET", "Europe/Berlin, Europe/Paris, Africa/Algiers and others"),
            Map.entry("CST", "America/Chicago, Asia/Shanghai, Asia/Taipei, America/Havana"),
            Map.entry("ECT", "America/Guayaquil, Europe/Paris"),
            Map.entry("EDT", "America/New_York, Australia/Sydney"),
            Map.entry("EET", "Europe/Helsinki, Europe/Athens, Africa/Cairo and others"),
            Map.entry("EST", "America/New_York, America/Panama, Australia/Sydney"),
            Map.entry("GST", "Asia/Dubai, Atlantic/South_Georgia"),
            Map.entry("HST", "Pacific/Honolulu, America/Adak"),
            Map.entry("IST", "Asia/Kolkata, Europe/Dublin, Asia/Jerusalem"),
            Map.entry("JST", "Asia/Tokyo"),
            Map.entry("KST", "Asia/Seoul"),
            Map.entry("MDT", "America/Denver"),
            Map.entry("MET", "Europe/Berlin, Europe/Paris and others"),
            Map.entry("MSK", "Europe/Moscow"),
            Map.entry("MST", "America/Denver, America/Phoenix, Asia/Kuala_Lumpur"),
            Map.entry("NST", "America/St_Johns, Asia/Kathmandu"),
            Map.entry("PDT", "America/Los_Angeles"),
            Map.entry("PST", "America/Los_Angeles, Asia/Manila, Pacific/Pitcairn"),
            Map.entry("SGT", "Asia/Singapore"),
            Map.entry("SST", "Pacific/Pago_Pago, Asia/Singapore"),
            Map.entry("WET", "Europe/Lisbon, Africa/Casablanca and others"),
            Map.entry("WIB", "Asia/Jakarta"));

    private TimeZones() {}

    /**
     * The zone.
     *
     * @throws IllegalArgumentException where there is none of that name; also for an abbreviation, with the zones that it may mean
     */
    public static ZoneId parse(String text) {
        String meanings = MEANINGS.get(text.toUpperCase(Locale.ROOT));
        if (meanings != null) {
            throw new IllegalArgumentException(
                    meanings.indexOf(',') < 0
                            ? "an abbreviation; write " + meanings
                            : "an abbreviation that means several zones; write the one that is meant: " + meanings);
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "no zone that is known; write a place such as Asia/Tokyo, or an offset such as +09:00", e);
        }
    }
}

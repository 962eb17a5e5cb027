package dev.metsuke.detect.department;

import dev.metsuke.detect.state.StateKey;
import org.apache.kafka.common.utils.Bytes;

/**
 * A department's date.
 *
 * @param department as the directory names it
 * @param date days since 1970, by the calendar of whoever read
 */
public record DayKey(String department, long date) {

    public Bytes bytes() {
        return StateKey.ofText(department).number(date).first();
    }

    public static DayKey of(Bytes key) {
        StateKey.Reader reader = StateKey.read(key);
        return new DayKey(reader.text(), reader.number());
    }
}

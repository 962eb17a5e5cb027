package dev.metsuke.simulation.work;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Destination;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Source;
import org.jspecify.annotations.Nullable;

/**
 * One access of one account, before it is shipped.
 *
 * @param time when, in milliseconds since 1970
 * @param action what was done
 * @param failed whether it was refused
 * @param dataset what was touched; nothing by who only logs in
 * @param records how many people's data; {@link #UNKNOWN} where nobody could tell
 * @param destination where it went, as {@code metsuke.destination} has it
 */
public record Access(
        long time,
        Action action,
        boolean failed,
        @Nullable Dataset dataset,
        long records,
        @Nullable String destination) {

    public static final long UNKNOWN = -1;

    public static Access login(long time, boolean failed) {
        return new Access(time, Action.LOGIN, failed, null, UNKNOWN, null);
    }

    public static Access logout(long time) {
        return new Access(time, Action.LOGOUT, false, null, UNKNOWN, null);
    }

    public static Access read(long time, Action action, Dataset dataset, long records) {
        return new Access(time, action, false, dataset, records, null);
    }

    public static Access export(long time, Action action, Dataset dataset, long records) {
        return new Access(time, action, false, dataset, records, Destination.of(action));
    }

    public static Access toMedia(long time, Dataset dataset, long records) {
        return new Access(time, Action.COPY_TO_MEDIA, false, dataset, records, Destination.EXTERNAL_MEDIA);
    }

    public static Access toAddress(long time, Dataset dataset, long records, String address) {
        return new Access(time, Action.EMAIL, false, dataset, records, address);
    }

    public static Access toApi(long time, Dataset dataset) {
        return new Access(time, Action.EXPORT, false, dataset, UNKNOWN, Destination.API);
    }

    /** How many people's data it showed, as far as known. */
    public long people() {
        return Math.max(0, records);
    }

    public Source source() {
        return dataset == null ? Source.DIRECTORY : dataset.source();
    }
}

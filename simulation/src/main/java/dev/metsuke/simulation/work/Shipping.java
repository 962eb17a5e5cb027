package dev.metsuke.simulation.work;

import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Seeds;
import dev.metsuke.simulation.company.Seeds.Purpose;
import dev.metsuke.simulation.company.Source;
import dev.metsuke.simulation.company.Timeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Says when a line reaches its shipper: {@code event.created}. Sources differ by seconds to hours, and sometimes one of
 * them cannot be reached, so events arrive out of order; never later than half a day.
 */
public final class Shipping {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final double OUTAGE = 0.03;

    private final Map<Source, List<Outage>> outages = new EnumMap<>(Source.class);
    private final Timeline timeline;

    private record Outage(long from, long until) {}

    public Shipping(Seeds seeds, Timeline timeline) {
        this.timeline = timeline;
        for (Source source : Source.values()) {
            List<Outage> ofSource = new ArrayList<>();
            for (int day = 0; day < timeline.days(); day++) {
                ofSource.add(
                        outage(day, seeds.of(Purpose.OUTAGE, source.service().hashCode(), day)));
            }
            outages.put(source, ofSource);
        }
    }

    private Outage outage(int day, SplittableRandom random) {
        if (!Draw.chance(random, OUTAGE)) {
            return new Outage(0, 0);
        }
        double from = Draw.between(random, 0, 20 * 60);
        double length = Draw.between(random, 60, 240);
        return new Outage(timeline.time(day, from), timeline.time(day, from + length));
    }

    public long created(Access access, SplittableRandom random) {
        Source source = access.source();
        long comes = access.time()
                + switch (source.lateness()) {
                    case SECONDS -> 200 + (long) Draw.exponential(random, 3 * SECOND);
                    case MINUTES -> MINUTE + (long) Math.min(3 * HOUR, Draw.exponential(random, 8 * MINUTE));
                    case QUARTERS -> untilNext(15 * MINUTE, access.time()) + random.nextLong(30 * SECOND);
                    case QUARTERS_OF_THE_DAY -> untilNext(6 * HOUR, access.time()) + random.nextLong(20 * MINUTE);
                };
        int day = timeline.day(comes);
        if (day < timeline.days()) {
            Outage outage = outages.getOrDefault(source, List.of()).get(day);
            if (comes >= outage.from() && comes < outage.until()) {
                return outage.until() + random.nextLong(MINUTE);
            }
        }
        return comes;
    }

    private static long untilNext(long period, long time) {
        return period - time % period;
    }
}

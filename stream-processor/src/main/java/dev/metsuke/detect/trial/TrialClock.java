package dev.metsuke.detect.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;

/** A clock that others set, and what is to be done from time to time; what was missed is done once, as Kafka Streams does. */
final class TrialClock {

    private final List<Appointment> appointments = new ArrayList<>();
    private long now;
    private long next = Long.MAX_VALUE;

    TrialClock(Instant start) {
        this.now = start.toEpochMilli();
    }

    long millis() {
        return now;
    }

    Cancellable schedule(Duration every, Punctuator punctuator) {
        Appointment made = new Appointment(now + every.toMillis(), every.toMillis(), punctuator);
        appointments.add(made);
        next = Math.min(next, made.at);
        return () -> appointments.remove(made);
    }

    void advanceTo(Instant time) {
        now = Math.max(now, time.toEpochMilli());
        if (now < next) {
            return;
        }
        for (Appointment each : List.copyOf(appointments)) {
            if (each.at <= now) {
                each.at += (now - each.at) / each.every * each.every + each.every;
                each.punctuator.punctuate(now);
            }
        }
        next = appointments.stream().mapToLong(each -> each.at).min().orElse(Long.MAX_VALUE);
    }

    private static final class Appointment {

        private final long every;
        private final Punctuator punctuator;
        private long at;

        Appointment(long at, long every, Punctuator punctuator) {
            this.at = at;
            this.every = every;
            this.punctuator = punctuator;
        }
    }
}

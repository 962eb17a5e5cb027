package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.standalone.terminal.WatchedAlerts.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedAlertsTest {

    private final WatchedAlerts alerts = new WatchedAlerts(2);

    @Test
    void tellsOfAChangeWhenItHasComeToRest() {
        alerts.take(SampleAlert.of("sato", 3), 10);
        assertThat(tell(0)).containsExactly(SampleAlert.of("sato", 3));

        alerts.take(SampleAlert.of("sato", 4), 20);
        assertThat(tell(19)).isEmpty();
        assertThat(tell(20)).containsExactly(SampleAlert.of("sato", 4));
        assertThat(tell(90)).isEmpty();
    }

    @Test
    void keepsThoseThatChangedLast() {
        alerts.take(SampleAlert.of("ito", 3), 10);
        alerts.take(SampleAlert.of("sato", 3), 11);
        tell(0);
        alerts.take(SampleAlert.of("ito", 4), 12);
        alerts.take(SampleAlert.of("mori", 3), 13);
        tell(0);
        alerts.forget();

        assertThat(alerts.latest()).containsExactly(SampleAlert.of("ito", 4), SampleAlert.of("mori", 3));
        assertThat(alerts.quiet(15)).isEqualTo(Duration.ofNanos(2));
    }

    @Test
    void tellsWhatItIsAboutToForget() {
        alerts.take(SampleAlert.of("ito", 3), 10);
        tell(0);
        alerts.take(SampleAlert.of("ito", 4), 11);
        alerts.take(SampleAlert.of("sato", 3), 12);
        alerts.take(SampleAlert.of("mori", 3), 13);

        assertThat(tell(0))
                .containsExactly(SampleAlert.of("ito", 4), SampleAlert.of("sato", 3), SampleAlert.of("mori", 3));
    }

    private List<Alert> tell(long restingSince) {
        List<Seen> unsaid = alerts.unsaid(restingSince);
        unsaid.forEach(alerts::told);
        return unsaid.stream().map(Seen::latest).toList();
    }
}

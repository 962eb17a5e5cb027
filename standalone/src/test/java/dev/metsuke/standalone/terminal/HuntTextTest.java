package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.standalone.retrohunt.Find;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class HuntTextTest {

    private final HuntText text = new HuntText(ZoneOffset.UTC);
    private final Alert hunted = SampleAlert.of("sato", "all datasets", 5);

    @Test
    void saysHowMuchOfAnAlertWasTold() {
        Alert known = SampleAlert.of("sato", "all datasets", 2);
        Alert ofAnother = SampleAlert.of("sato", "crm", 1);

        assertThat(text.line(new Find.Grown(hunted, List.of(known, ofAnother), 2)))
                .isEqualTo("GROWN HIGH     bulk-read        2026-12-01 12:00:00 +00:00 to 2026-12-01 12:01:00 +00:00 "
                        + " sato read"
                        + " much "
                        + " alert"
                        + " " + hunted.id() + "; 2 of its 5 accesses were told, by alert " + known.id());
    }

    @Test
    void saysWhatWasToldInstead() {
        Alert customers = SampleAlert.of("sato", "crm", 1);
        Alert orders = SampleAlert.of("sato", "shop", 4);

        assertThat(text.line(new Find.Grown(hunted, List.of(customers, orders), 0)))
                .endsWith("; told in its time: crm by alert " + customers.id() + ", shop by alert " + orders.id());
    }
}

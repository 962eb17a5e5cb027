package dev.metsuke.shipper.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.integrity.ChainHead;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionsTest {

    @Test
    void tellsWhatIsLeftBehindWhereAnotherStreamBegins() {
        Positions positions = new Positions();
        positions.headIs("db1/crm", ChainHead.GENESIS);
        positions.headIs("db1/portal", ChainHead.GENESIS);

        assertThat(positions.leftBehind(List.of("db1/crm", "db1/web"))).containsExactly("db1/portal");
        assertThat(positions.leftBehind(List.of("db1/crm")))
                .as("a source that was taken out of the settings")
                .isEmpty();
        assertThat(positions.leftBehind(List.of("db1/crm", "db1/portal", "db1/web")))
                .as("one that was added")
                .isEmpty();
    }
}

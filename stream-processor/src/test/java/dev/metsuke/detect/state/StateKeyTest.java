package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class StateKeyTest {

    @Test
    void sortsByAccountThenByTime() {
        List<Bytes> sorted = Stream.of(
                        key("a", "0001-01-01T00:00:00Z"),
                        key("a", "1969-12-31T23:59:59.999999999Z"),
                        key("a", "2026-11-24T00:00:00Z"),
                        key("a", "2026-11-24T00:00:00.000000001Z"),
                        StateKey.of(new AccountId("a")).last(),
                        key("a\u0000", "2026-11-24T00:00:00Z"),
                        key("a\u0001", "2026-11-24T00:00:00Z"),
                        key("ab", "2026-11-24T00:00:00Z"),
                        key("b", "0001-01-01T00:00:00Z"))
                .toList();

        assertThat(sorted).isSorted();
    }

    @Test
    void readsBackWhatItWrote() {
        Instant time = Instant.parse("1969-07-20T20:17:40.123456789Z");
        String hostile = "a\u0000\u0001\u0002目付";

        StateKey.Reader reader = StateKey.read(StateKey.of(new AccountId(hostile))
                .time(time)
                .number(-7)
                .text(hostile)
                .first());

        assertThat(reader.account()).isEqualTo(new AccountId(hostile));
        assertThat(reader.time()).isEqualTo(time);
        assertThat(reader.number()).isEqualTo(-7);
        assertThat(reader.text()).isEqualTo(hostile);
    }

    @Test
    void compactValueReadsBack() {
        CompactReader reader = new CompactReader(new CompactWriter()
                .number(Long.MIN_VALUE)
                .number(Long.MAX_VALUE)
                .optionalNumber(null)
                .optionalNumber(-1L)
                .optionalText(null)
                .text("目付")
                .bytes());

        assertThat(reader.number()).isEqualTo(Long.MIN_VALUE);
        assertThat(reader.number()).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.optionalNumber()).isNull();
        assertThat(reader.optionalNumber()).isEqualTo(-1L);
        assertThat(reader.optionalText()).isNull();
        assertThat(reader.text()).isEqualTo("目付");
        assertThat(reader.hasMore()).isFalse();
    }

    private static Bytes key(String account, String time) {
        return StateKey.of(new AccountId(account)).time(Instant.parse(time)).first();
    }
}

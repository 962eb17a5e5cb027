package dev.metsuke.detect.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountCursorTest {

    private static final int[] KEYS = {1, 2, 31, 32, 33, 34, 500, 1, 1, 64, 3};

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("any").get();
    private final AccountCursor cursor = new AccountCursor(store);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 11, 12, 100})
    void comesToEveryAccountOnceARoundHoweverManyKeysItHas(int limit) {
        List<AccountId> all = new ArrayList<>();
        for (int i = 0; i < KEYS.length; i++) {
            AccountId account = new AccountId("account-%02d".formatted(i));
            all.add(account);
            for (int key = 0; key < KEYS[i]; key++) {
                store.put(StateKey.of(account).number(key).first(), new byte[0]);
            }
        }

        assertThat(round(limit)).as("first round").isEqualTo(all);
        assertThat(round(limit)).as("second round").isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void hasNothingToGoRoundInAnEmptyStore(int limit) {
        assertThat(cursor.next(limit)).isEmpty();
    }

    private List<AccountId> round(int limit) {
        List<AccountId> accounts = new ArrayList<>();
        List<AccountId> next;
        do {
            next = cursor.next(limit);
            assertThat(next).hasSizeLessThanOrEqualTo(limit);
            accounts.addAll(next);
        } while (next.size() == limit);
        return accounts;
    }
}

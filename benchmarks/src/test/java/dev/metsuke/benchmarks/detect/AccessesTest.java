package dev.metsuke.benchmarks.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccessesTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Test
    void areInOrderOfTimeOverTwoWorkingWeeks() {
        List<AccessEvent> accesses = all(new Company(300, 10_007));

        assertThat(accesses)
                .hasSize(10_007)
                .isSortedAccordingTo(Comparator.comparing(AccessEvent::timestamp))
                .allSatisfy(event -> assertThat(
                                event.timestamp().atZone(TOKYO).getDayOfWeek().getValue())
                        .isLessThan(6));
        assertThat(accesses.getLast().timestamp()).isBefore(Company.START.plus(Duration.ofDays(12)));
        assertThat(accesses.stream().map(AccessEvent::id)).doesNotHaveDuplicates();
    }

    @Test
    void areByEveryAccountAndMostlyByTheFirst() {
        Company company = new Company(300, 10_007);

        Map<AccountId, Long> counts =
                all(company).stream().collect(Collectors.groupingBy(AccessEvent::account, Collectors.counting()));

        assertThat(counts).hasSize(300);
        assertThat(counts.get(Company.account(0))).isBetween(1_300L, 1_900L);
        assertThat(counts.get(Company.account(9))).isBetween(100L, 250L);
    }

    @Test
    void areTheSameAtEveryRun() throws Exception {
        Company company = new Company(50, 500);

        List<AccessEvent> first = all(company);

        assertThat(all(company)).isEqualTo(first);
        assertThat(AccessEventJson.decode(AccessEventJson.encode(first.getFirst())))
                .isEqualTo(first.getFirst());
        assertThat(first).anyMatch(event -> event.action() == Action.EXPORT);
    }

    @Test
    void goOnAfterTheLeaverIsRetired() {
        Company company = new Company(50, 500);

        assertThat(company.reports()).singleElement().satisfies(report -> {
            assertThat(report.account()).isEqualTo(company.plantedLeaver());
            assertThat(all(company))
                    .anyMatch(event -> event.account().equals(report.account())
                            && event.timestamp().isAfter(report.effectiveAt()));
        });
        assertThat(company.directory()).hasSize(50);
    }

    private static List<AccessEvent> all(Company company) {
        List<AccessEvent> all = new ArrayList<>();
        new Accesses(company).forEachRemaining(all::add);
        return all;
    }
}

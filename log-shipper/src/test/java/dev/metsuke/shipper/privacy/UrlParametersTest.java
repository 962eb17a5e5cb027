package dev.metsuke.shipper.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UrlParametersTest {

    @Test
    void findsThoseInTheValuesOfOthers() {
        assertThat(in("GET /a?next=/b?x=1?customer=C-1&y=2 \"https://p.example/?z=%E5%B1%B1+%E7%94%B0\""))
                .containsExactly("next=/b?x=1?customer=C-1", "x=1?customer=C-1", "customer=C-1", "y=2", "z=山 田");
    }

    @Test
    void decodesNamesAndLeavesWhiteSpaceAroundValuesOff() {
        assertThat(in("?%E6%B0%8F=+%20C-1+?b=++&c=")).containsExactly("氏=C-1 ?b=", "b=", "c=");
    }

    @Test
    void findsThePathThatAValueIs() {
        List<String> paths = new ArrayList<>();

        UrlParameters.forEach(
                "/?a=%2Fpeople%2F7%3Fb=/x?c=https://p.example/",
                parameter -> {
                    if (parameter.isPath()) {
                        paths.add(parameter.path());
                    }
                });

        assertThat(paths).containsExactly("/people/7");
    }

    /** A letter and its mark are one character in one form, and two in another. */
    @Test
    void saysHowShortAValueMayBeInSomeForm() {
        List<Integer> lengths = new ArrayList<>();

        UrlParameters.forEach(
                "?a=12345&b=o\u0308o\u0308o\u0308&c=o\u0308?d=12", parameter -> lengths.add(parameter.leastLength()));

        assertThat(lengths).containsExactly(5, 1, 1, 2);
    }

    @Test
    @Timeout(20)
    void isNotHeldUpByParametersWithinParameters() {
        AtomicInteger found = new AtomicInteger();

        UrlParameters.forEach("?c=".repeat(500_000) + "+".repeat(500_000), parameter -> found.incrementAndGet());

        assertThat(found).hasValue(500_000);
    }

    private static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        UrlParameters.forEach(text, parameter -> found.add(parameter.name() + "=" + parameter.value()));
        return found;
    }
}

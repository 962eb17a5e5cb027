package dev.metsuke.console.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.person.KnownNames.Stranger;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownNamesTest {

    @Test
    void resemblesWhatDiffersByWidthCaseOrDomain() {
        KnownNames known = KnownNames.ofAccounts(List.of("Sato", "mori", "EXAMPLE\\ito", "@night", "ueda@example.jp"));

        assertThat(known.strangers(List.of(
                        "sato", "ｍｏｒｉ", "mori@example.jp", "ITO", "ito@example.jp", "ueda", "@day", "@night", "kato")))
                .containsExactly(
                        new Stranger("sato", "Sato"),
                        new Stranger("ｍｏｒｉ", "mori"),
                        new Stranger("mori@example.jp", "mori"),
                        new Stranger("ITO", "EXAMPLE\\ito"),
                        new Stranger("ito@example.jp", "EXAMPLE\\ito"),
                        new Stranger("ueda", "ueda@example.jp"),
                        new Stranger("@day", null),
                        new Stranger("kato", null));
    }

    @Test
    void resemblesFirstWhatDiffersByLess() {
        assertThat(KnownNames.ofAccounts(List.of("EXAMPLE\\sato", "Sato")).strangers(List.of("sato")))
                .containsExactly(new Stranger("sato", "Sato"));
    }

    @Test
    void holdsTwoDomainsForTwoAccounts() {
        KnownNames known = KnownNames.ofAccounts(List.of("suzuki@a.jp", "A\\mori"));

        assertThat(known.strangers(List.of("suzuki@b.jp", "B\\mori", "SUZUKI@A.JP", "suzuki")))
                .containsExactly(
                        new Stranger("suzuki@b.jp", null),
                        new Stranger("B\\mori", null),
                        new Stranger("SUZUKI@A.JP", "suzuki@a.jp"),
                        new Stranger("suzuki", "suzuki@a.jp"));
    }

    @Test
    void takesNoNameForTheOneBesideIt() {
        assertThat(KnownNames.ofAccounts(List.of("suzuki", "suzuki@a.jp")).strangers(List.of("suzuki@b.jp", "suzuki")))
                .containsExactly(new Stranger("suzuki@b.jp", null));
        assertThat(KnownNames.ofAccounts(List.of("A\\sato", "sato@b.jp")).strangers(List.of("sato", "A\\sato")))
                .containsExactly(new Stranger("sato", "sato@b.jp"));
    }

    @Test
    void resemblesWhatDiffersByASlipOfOneLetter() {
        KnownNames known = KnownNames.ofAllAccounts(List.of("ito", "Yoshida", "EXAMPLE\\tanaka", "sato", "staff-101"));

        assertThat(known.strangers(List.of(
                        "itoo",
                        "yosida",
                        "tankaa",
                        "tanake",
                        "tanaka2",
                        "kato",
                        "it",
                        "B\\yoshid",
                        "staff-102",
                        "staff-10")))
                .containsExactly(
                        new Stranger("itoo", "ito"),
                        new Stranger("yosida", "Yoshida"),
                        new Stranger("tankaa", "EXAMPLE\\tanaka"),
                        new Stranger("tanake", "EXAMPLE\\tanaka"),
                        new Stranger("tanaka2", null),
                        new Stranger("kato", null),
                        new Stranger("it", null),
                        new Stranger("B\\yoshid", "Yoshida"),
                        new Stranger("staff-102", null),
                        new Stranger("staff-10", null));
    }

    @Test
    void takesAnAccountForAnotherWhereNotAllAreKnown() {
        assertThat(KnownNames.ofAccounts(List.of("ito")).strangers(List.of("itoo")))
                .containsExactly(new Stranger("itoo", null));
    }

    @Test
    void guessesNotWhereManyAreAsNear() {
        assertThat(KnownNames.ofAllAccounts(List.of("clerka", "clerkb", "clerkc", "clerkd"))
                        .strangers(List.of("clerk")))
                .containsExactly(new Stranger("clerk", null));
    }

    @Test
    void knowsNoDomainsOfWhatIsNoAccount() {
        assertThat(new KnownNames(List.of("crm@osaka", "Crm")).strangers(List.of("crm@tokyo", "crm")))
                .containsExactly(new Stranger("crm@tokyo", null), new Stranger("crm", "Crm"));
    }
}

package dev.metsuke.detect.directory;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account's entry, and by which department and calendar, and as whose, it was judged before, so that a transfer, or another
 * holder, changes nothing of what happened until then. The first entry holds for all time before it.
 *
 * @param formers from the oldest to the newest, as many as are kept
 * @param known whose the account was said to be last, where the entry has no number: it says nothing against that
 */
record Listing(
        DirectoryEntry entry,
        List<Former> formers,
        @Nullable Holder known) {

    private static final int MOST_FORMERS = 8;

    /** Stands where earlier versions wrote the account, which has a name: holders follow. */
    private static final String WITH_HOLDERS = "";

    /** The same, where whose it was said to be last follows, too. */
    private static final String WITH_KNOWN_HOLDER = " ";

    Listing {
        formers = List.copyOf(formers);
    }

    static Listing first(DirectoryEntry entry) {
        return new Listing(entry, List.of(), null);
    }

    private Holder holder() {
        Holder said = Holder.of(entry);
        return known == null ? said : new Holder(known.person(), known.name(), said.contractEnd());
    }

    /** Whether the account is another person's by this entry, also where nobody was said to have it in between. */
    boolean changesHands(DirectoryEntry next) {
        return holder().isOther(next);
    }

    /** From that time on, another entry holds. */
    Listing replacedBy(DirectoryEntry next, Instant from) {
        Holder holder = holder();
        boolean isAlike = Objects.equals(entry.department(), next.department())
                && Objects.equals(entry.calendar(), next.calendar())
                && !holder.isOther(next);
        boolean hasNeverHeld = !formers.isEmpty() && !formers.getLast().until().isBefore(from);
        List<Former> all = new ArrayList<>(formers);
        if (hasNeverHeld) {
            Former last = all.removeLast();
            holder = holderOr(last, holder);
            all.add(until(next, last.until(), last.department(), last.calendar(), holder));
        } else if (!isAlike) {
            all.add(until(next, from, entry.department(), entry.calendar(), holder));
        }
        boolean saysWhose = next.person() != null || holder.person() == null;
        return new Listing(
                next, all.subList(Math.max(0, all.size() - MOST_FORMERS), all.size()), saysWhose ? null : holder);
    }

    private static Holder holderOr(Former former, Holder next) {
        @Nullable Holder own = former.holder();
        return own == null ? next : own;
    }

    private static Former until(
            DirectoryEntry next, Instant until, @Nullable String department, @Nullable String calendar, Holder holder) {
        return new Former(until, department, calendar, holder.isOther(next) ? holder : null);
    }

    /** The entry, or what was said last of the person whose the account was at a time. */
    DirectoryEntry ofHolderAt(Instant time) {
        for (Former former : formers) {
            @Nullable Holder holder = former.holder();
            if (holder != null && time.isBefore(former.until())) {
                return former.entry(entry.account(), holder);
            }
        }
        return entry;
    }

    /** Whose the account was, one after another. */
    List<Holding> holdings() {
        List<Holding> holdings = new ArrayList<>();
        Instant from = Instant.MIN;
        for (Former former : formers) {
            @Nullable Holder holder = former.holder();
            if (holder != null) {
                holdings.add(new Holding(from, former.until(), holder));
                from = former.until();
            }
        }
        holdings.add(new Holding(from, Instant.MAX, holder()));
        return holdings;
    }

    /** The entry, with the department and the calendar that held at a time. */
    DirectoryEntry at(Instant time) {
        int gone = goneAt(formers, time);
        if (gone == formers.size()) {
            return entry;
        }
        Former former = formers.get(gone);
        return new DirectoryEntry(
                entry.account(),
                entry.person(),
                entry.name(),
                entry.email(),
                former.department(),
                entry.employment(),
                former.calendar(),
                entry.contractEnd());
    }

    /** By time: the department that held, and what no longer did. Keeps nothing else of the entry. */
    Function<Instant, Workplace> workplaces() {
        Workplace present = new Workplace(entry.department(), formers);
        return formers.isEmpty()
                ? time -> present
                : time -> {
                    List<Former> known = present.formers();
                    int gone = goneAt(known, time);
                    return gone == known.size()
                            ? present
                            : new Workplace(known.get(gone).department(), known.subList(0, gone));
                };
    }

    /** How many of the formers held no longer. */
    private static int goneAt(List<Former> formers, Instant time) {
        int gone = 0;
        while (gone < formers.size() && !time.isBefore(formers.get(gone).until())) {
            gone++;
        }
        return gone;
    }

    byte[] bytes() {
        boolean hasHolders = known != null || formers.stream().anyMatch(former -> former.holder() != null);
        CompactWriter out = new CompactWriter();
        if (known != null) {
            out.text(WITH_KNOWN_HOLDER);
            write(known, out);
        } else if (hasHolders) {
            out.text(WITH_HOLDERS);
        }
        out.text(entry.account().value())
                .optionalText(entry.person())
                .optionalText(entry.name())
                .optionalText(entry.email())
                .optionalText(entry.department())
                .optionalText(entry.employment())
                .optionalText(entry.calendar())
                .optionalTime(entry.contractEnd());
        for (Former former : formers) {
            out.time(former.until()).optionalText(former.department()).optionalText(former.calendar());
            if (hasHolders) {
                write(former.holder(), out);
            }
        }
        return out.bytes();
    }

    private static void write(@Nullable Holder holder, CompactWriter out) {
        out.number(holder == null ? 0 : 1);
        if (holder != null) {
            out.optionalText(holder.person()).optionalText(holder.name()).optionalTime(holder.contractEnd());
        }
    }

    private static @Nullable Holder holder(CompactReader in) {
        return in.number() == 0 ? null : new Holder(in.optionalText(), in.optionalText(), in.optionalTime());
    }

    static Listing of(byte[] bytes) {
        CompactReader in = new CompactReader(bytes);
        String first = in.text();
        boolean hasKnown = first.equals(WITH_KNOWN_HOLDER);
        boolean hasHolders = hasKnown || first.equals(WITH_HOLDERS);
        @Nullable Holder known = hasKnown ? holder(in) : null;
        DirectoryEntry entry = new DirectoryEntry(
                new AccountId(hasHolders ? in.text() : first),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.optionalName(),
                in.optionalName(),
                in.optionalName(),
                in.optionalTime());
        List<Former> formers = new ArrayList<>();
        while (in.hasMore()) {
            formers.add(new Former(in.time(), in.optionalName(), in.optionalName(), hasHolders ? holder(in) : null));
        }
        return new Listing(entry, formers, known);
    }
}

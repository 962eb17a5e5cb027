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

/**
 * An account's entry, and by which department and calendar it was judged before, so that a transfer changes nothing of what
 * happened until then. The first entry holds for all time before it.
 *
 * @param formers from the oldest to the newest, as many as are kept
 */
record Listing(DirectoryEntry entry, List<Former> formers) {

    private static final int MOST_FORMERS = 8;

    Listing {
        formers = List.copyOf(formers);
    }

    static Listing first(DirectoryEntry entry) {
        return new Listing(entry, List.of());
    }

    /** From that time on, another entry holds. */
    Listing replacedBy(DirectoryEntry next, Instant from) {
        boolean isAlike = Objects.equals(entry.department(), next.department())
                && Objects.equals(entry.calendar(), next.calendar());
        boolean hasNeverHeld = !formers.isEmpty() && !formers.getLast().until().isBefore(from);
        if (isAlike || hasNeverHeld) {
            return new Listing(next, formers);
        }
        List<Former> known = new ArrayList<>(formers);
        known.add(new Former(from, entry.department(), entry.calendar()));
        return new Listing(next, known.subList(Math.max(0, known.size() - MOST_FORMERS), known.size()));
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
        CompactWriter out = new CompactWriter()
                .text(entry.account().value())
                .optionalText(entry.person())
                .optionalText(entry.name())
                .optionalText(entry.email())
                .optionalText(entry.department())
                .optionalText(entry.employment())
                .optionalText(entry.calendar())
                .optionalTime(entry.contractEnd());
        for (Former former : formers) {
            out.time(former.until()).optionalText(former.department()).optionalText(former.calendar());
        }
        return out.bytes();
    }

    static Listing of(byte[] bytes) {
        CompactReader in = new CompactReader(bytes);
        DirectoryEntry entry = new DirectoryEntry(
                new AccountId(in.text()),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.optionalName(),
                in.optionalName(),
                in.optionalName(),
                in.optionalTime());
        List<Former> formers = new ArrayList<>();
        while (in.hasMore()) {
            formers.add(new Former(in.time(), in.optionalName(), in.optionalName()));
        }
        return new Listing(entry, formers);
    }
}

package dev.metsuke.detect.state;

import dev.metsuke.events.account.AccountId;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of an account's entry that stands apart from its {@link AccountRecord record}: the account, the section as a byte,
 * and where a section has many, the number.
 *
 * @param number {@link AccountEntries#ONLY} where the section has one
 */
record EntryKey(AccountId account, Section section, long number) {

    static Bytes of(AccountId account, Section section, long number) {
        StateKey key = of(account, section);
        return section.isOne() ? key.first() : key.number(number).first();
    }

    /** Not above any key of the section. */
    static Bytes first(AccountId account, Section section) {
        return of(account, section).first();
    }

    /** Above all keys of the section. */
    static Bytes last(AccountId account, Section section) {
        return of(account, section).last();
    }

    static EntryKey read(Bytes key) {
        StateKey.Reader reader = StateKey.read(key);
        return read(reader.account(), reader);
    }

    /** What follows the account. */
    static EntryKey read(AccountId account, StateKey.Reader rest) {
        Section section = Section.of(rest.code());
        return new EntryKey(account, section, section.isOne() ? AccountEntries.ONLY : rest.number());
    }

    private static StateKey of(AccountId account, Section section) {
        return StateKey.of(account).code(section.code());
    }
}

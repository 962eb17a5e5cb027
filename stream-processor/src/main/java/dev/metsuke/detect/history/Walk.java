package dev.metsuke.detect.history;

import dev.metsuke.detect.history.AccessHistory.Walked;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How far a rule has gone through an account's accesses.
 *
 * @param horizon the account's when it began: of what is later, nothing is forgotten meanwhile
 * @param first from when on
 * @param next all earlier ones are gone through, and none that is there or later
 * @param last until when
 * @param gone how many accesses are gone through
 * @param policyVersion by which policy
 * @param carried what the rule has to know of those to judge the rest
 */
public record Walk<C>(
        Instant horizon, Instant first, Place next, Instant last, long gone, String policyVersion, C carried) {

    /** Whether an access is still to be gone through. */
    boolean comesTo(Access access) {
        return next.comesTo(access) && !access.time().isAfter(last);
    }

    /** Whether it goes through all accesses of these times. */
    boolean takesIn(Instant start, Instant end) {
        return !start.isBefore(first) && !end.isAfter(last);
    }

    /** With what the rule has to know now. */
    public Walk<C> carrying(C now) {
        return new Walk<>(horizon, first, next, last, gone, policyVersion, now);
    }

    Walk<C> behind(Walked part, Place rest) {
        return new Walk<>(horizon, first, rest, last, gone + part.count(), policyVersion, carried);
    }

    byte[] bytes(Form<C> form) {
        CompactWriter out = new CompactWriter()
                .time(horizon)
                .time(first)
                .time(next.time())
                .time(last)
                .number(next.isAmid() ? -1 - gone : gone)
                .text(policyVersion);
        if (next.isAmid()) {
            out.text(next.eventId());
        }
        form.writer().accept(carried, out);
        return out.bytes();
    }

    static <C> Walk<C> of(byte[] bytes, Form<C> form) {
        CompactReader in = new CompactReader(bytes);
        Instant horizon = in.time();
        Instant first = in.time();
        Instant next = in.time();
        Instant last = in.time();
        // Below zero where an id follows: earlier versions wrote none.
        long gone = in.number();
        String policyVersion = in.text();
        boolean isAmid = gone < 0;
        Place place = isAmid ? new Place(next, in.text()) : Place.before(next);
        return new Walk<>(
                horizon,
                first,
                place,
                last,
                isAmid ? -1 - gone : gone,
                policyVersion,
                form.reader().apply(in));
    }

    /**
     * How that is stored which a rule carries; it is the last of a walk's bytes.
     *
     * @param none what it carries where nothing is gone through
     */
    public record Form<C>(C none, BiConsumer<C, CompactWriter> writer, Function<CompactReader, C> reader) {

        /** Of a rule that judges each access by itself. */
        public static final Form<Nothing> OF_NOTHING =
                new Form<>(Nothing.NOTHING, (nothing, out) -> {}, in -> Nothing.NOTHING);
    }

    /** What a rule carries that needs to know nothing of other accesses. */
    public enum Nothing {
        NOTHING
    }
}

package dev.metsuke.events.proof;

import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first thing that is not as it was shipped. */
public sealed interface Finding {

    /** What, which line or seal, and where. */
    String describe();

    /** Whether somebody must have had a hand in it; otherwise it cannot be told. */
    default boolean isProof() {
        return true;
    }

    /** Whether it is only to be known, and takes nothing from what is proven. */
    default boolean isHarmless() {
        return false;
    }

    /**
     * Lines are not there.
     *
     * @param first the first of them
     * @param last the last of them
     * @param before what stands before them
     * @param after what stands after them; null at the end
     */
    record Missing(
            long first,
            long last,
            @Nullable FoundLine before,
            @Nullable FoundLine after) implements Finding {
        /** How many. */
        public long count() {
            return last - first + 1;
        }

        @Override
        public String describe() {
            return (first == last ? "line " + first + " is missing" : "lines " + first + " to " + last + " are missing")
                    + (before == null ? "" : "; before stands " + before.describe())
                    + (after == null ? "" : "; behind stands " + after.describe());
        }
    }

    /**
     * Lines are not there that may still be on their way.
     *
     * @param lines which
     * @param seal the young seal that knows of them; null where none does yet, and the line behind them is young
     */
    record NotYetThere(Missing lines, @Nullable Seal seal) implements Finding {
        @Override
        public String describe() {
            return lines.describe() + "; " + (seal == null ? "the line behind them" : seal)
                    + " is so young that they may not be archived yet: look again later";
        }

        @Override
        public boolean isProof() {
            return false;
        }
    }

    /**
     * Lines were not there, and some of them are a while later: an archive that has just caught up has what searches do not find yet.
     *
     * @param lines which
     */
    record Arriving(Missing lines) implements Finding {
        @Override
        public String describe() {
            return lines.describe() + "; some of them came while this was looked at: look again later";
        }

        @Override
        public boolean isProof() {
            return false;
        }
    }

    /**
     * Lines are not there since retention deleted them, as it recorded.
     *
     * @param lines which
     * @param by the deletions that they were among
     * @param unsealed how many lines before them follow one another, and no seal proves them
     * @param unproven the line behind them, which follows from what is gone; null where a seal takes its place
     */
    record Deleted(
            Missing lines,
            List<IndexDeletion> by,
            long unsealed,
            @Nullable Long unproven) implements Finding {

        private static final int MOST_NAMED = 12;

        public Deleted {
            by = List.copyOf(by);
        }

        public Deleted(Missing lines, List<IndexDeletion> by) {
            this(lines, by, 0, null);
        }

        public Deleted withUnsealed(long before) {
            return new Deleted(lines, by, before, unproven);
        }

        public Deleted withUnproven(long behind) {
            return new Deleted(lines, by, unsealed, behind);
        }

        /** Of a stream's beginning there may be a hundred. */
        private String records() {
            if (by.size() > MOST_NAMED) {
                return by.size() + " indices from " + by.getFirst().index() + " to "
                        + by.getLast().index() + " ("
                        + by.stream().mapToLong(IndexDeletion::documents).sum() + " documents, until "
                        + by.getLast().decidedAt() + ")";
            }
            return by.stream()
                    .map(deletion -> deletion.index() + " (" + deletion.documents() + " documents, "
                            + deletion.decidedAt() + ")")
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String describe() {
            return (lines.count() == 1
                            ? "line " + lines.first() + " was"
                            : "lines " + lines.first() + " to " + lines.last() + " were")
                    + " deleted by retention, as is recorded: "
                    + records()
                    + (unsealed == 0 ? "" : "; of what is left before them no seal proves the last " + unsealed)
                    + (unproven == null ? "" : "; line " + unproven + " cannot be proven without them");
        }

        @Override
        public boolean isProof() {
            return false;
        }

        @Override
        public boolean isHarmless() {
            return true;
        }
    }

    /**
     * Lines are not there that retention may have deleted, as it recorded; but they may have lain in other months as well.
     *
     * @param lines which
     */
    record PerhapsDeleted(Missing lines) implements Finding {
        @Override
        public String describe() {
            return lines.describe()
                    + "; retention may have deleted them, as is recorded, but the seals around them do not tell"
                    + " that they did not lie in a month of which nothing is recorded";
        }

        @Override
        public boolean isProof() {
            return false;
        }
    }

    /**
     * Lines are not there that retention deleted, as it recorded, if a seal lies where it was archived; by its signature it
     * does not.
     *
     * @param lines which
     * @param seal the seal
     * @param month in whose index it lies
     */
    record Misplaced(Missing lines, Seal seal, YearMonth month) implements Finding {
        @Override
        public String describe() {
            return lines.describe() + "; " + seal + " lies in the index of " + month
                    + ", before it was signed: either its shipper's clock was ahead and retention deleted the lines, or"
                    + " somebody moved it";
        }

        @Override
        public boolean isProof() {
            return false;
        }
    }

    /**
     * Retention says that it deleted what had to be kept for longer; that excuses no missing line.
     *
     * @param deletion as it is recorded
     * @param years for how many years whoever verifies asks for at least
     */
    record TooSoon(IndexDeletion deletion, int years) implements Finding {
        @Override
        public String describe() {
            return deletion.index() + " was deleted after " + deletion.years()
                    + " years, as is recorded; access events are" + " to be kept for " + years
                    + " (archive.retention), so that excuses no missing line";
        }

        @Override
        public boolean isProof() {
            return false;
        }
    }

    /**
     * More lines are missing of all streams together than retention says it deleted.
     *
     * @param lines how many are missing where it deleted something
     * @param documents how many it deleted
     */
    record MoreMissing(long lines, long documents) implements Finding {
        @Override
        public String describe() {
            return lines + " lines of all streams are missing that retention could have deleted, which deleted "
                    + documents + " documents only";
        }
    }

    /**
     * A line is not what was shipped. One who also made its hash anew leaves the trace at the next line, which then does not
     * follow.
     *
     * @param line the line that does not follow from the one before it
     * @param before that one
     */
    record Changed(FoundLine line, @Nullable FoundLine before) implements Finding {
        @Override
        public String describe() {
            return describe(line.sequence() == 1 ? "the beginning of the stream" : "the seal before it");
        }

        /**
         * The same.
         *
         * @param start what it must follow from where no line stands before it
         */
        public String describe(String start) {
            return "changed: " + line.describe() + " does not follow from "
                    + (before == null
                            ? start
                            : "line " + before.sequence() + "; if that one's hash was made anew, that one was changed");
        }
    }

    /**
     * A document that claims a line of the stream but is no event that a shipper sent.
     *
     * @param origin where it was found
     */
    record Unreadable(String origin) implements Finding {
        @Override
        public String describe() {
            return "changed: " + origin + " has no place in the chain of the form that shippers write";
        }
    }

    /**
     * Documents name the stream and no line of it, as nothing does that a shipper sent.
     *
     * @param documents how many
     */
    record Unplaced(long documents) implements Finding {
        @Override
        public String describe() {
            return "added: " + documents + " documents name the stream, and a number that no line has, or none";
        }
    }

    /**
     * Two lines claim one place.
     *
     * @param line the one that does not belong there
     * @param genuine the one that does, as far as that can be told
     */
    record Added(FoundLine line, @Nullable FoundLine genuine) implements Finding {
        @Override
        public String describe() {
            return "added: " + line.describe()
                    + (genuine == null
                            ? " or another one of this number; none is sealed yet, so which cannot be told"
                            : "; the line of this number is " + genuine.origin());
        }
    }

    /**
     * Lines changed places.
     *
     * @param standing what stands where another belongs
     * @param belonging what belongs there
     */
    record Reordered(FoundLine standing, FoundLine belonging) implements Finding {
        @Override
        public String describe() {
            return "reordered: " + standing.describe() + " stands where the content of " + belonging.describe()
                    + " belongs";
        }
    }

    /**
     * Lines follow from one another, but not to what was sealed: hashes were made anew.
     *
     * @param first the first line that may be concerned
     * @param last the sealed line
     * @param seal what was sealed
     */
    record Rewritten(long first, long last, Seal seal) implements Finding {
        @Override
        public String describe() {
            return "rewritten: lines " + first + " to " + last + " lead to another hash than the one sealed; some were"
                    + " changed, added or taken out, and their hashes made anew";
        }
    }

    /**
     * A seal that nobody who may has signed, or that contradicts the others.
     *
     * @param seal the seal
     * @param because why it is not believed
     * @param isProof whether that proves anything
     */
    record BadSeal(Seal seal, String because, boolean isProof) implements Finding {
        @Override
        public String describe() {
            return seal + (isProof ? " is not genuine: " : " cannot be judged: ") + because;
        }
    }

    /**
     * Two seals of one number, both signed by whom they must be: what was shipped behind the seal before them was shipped once more, and
     * the chain goes on from there twice.
     *
     * @param seal the one that is not believed
     * @param other the one that is
     */
    record Forked(Seal seal, Seal other) implements Finding {
        @Override
        public String describe() {
            return seal + " and " + other
                    + " have the same number, and the stream's key signed both: either Kafka was brought"
                    + " back from a backup and the archive was not, or somebody else has the key";
        }
    }

    /**
     * A seal that a revoked key signed, after its revocation: it proves nothing, and neither does that it is there.
     *
     * @param seal the seal
     * @param because which key, and from when on
     * @param covering a later seal that is believed, which proves the same lines; null without one
     */
    record RevokedSeal(Seal seal, String because, @Nullable Seal covering) implements Finding {
        @Override
        public String describe() {
            return seal + " is not trustworthy: " + because
                    + (covering == null ? "" : "; its lines are proven by " + covering);
        }

        @Override
        public boolean isProof() {
            return false;
        }

        @Override
        public boolean isHarmless() {
            return covering != null;
        }
    }

    /**
     * A revocation is not there of which a seal tells.
     *
     * @param id of the revocation
     * @param seal which tells of it
     * @param isProof false where it may still be on its way
     */
    record MissingRevocation(String id, Seal seal, boolean isProof) implements Finding {
        @Override
        public String describe() {
            return "the revocation " + id + " of a key is missing, of which " + seal + " tells"
                    + (isProof ? "" : "; it is so young that it may not be archived yet: look again later");
        }
    }

    /**
     * What is said of a key, and not believed.
     *
     * @param statement what
     * @param because why it is not believed
     * @param isProof whether that proves anything
     */
    record BadKeyStatement(KeyStatement statement, String because, boolean isProof) implements Finding {
        @Override
        public String describe() {
            return statement + (isProof ? " is not genuine: " : " cannot be judged: ") + because;
        }
    }

    /**
     * Seals are not there.
     *
     * @param first the number of the first of them
     * @param last of the last
     * @param isProof false where they may still be on their way
     */
    record MissingSeals(long first, long last, boolean isProof) implements Finding {
        @Override
        public String describe() {
            return (first == last ? "seal " + first + " is missing" : "seals " + first + " to " + last + " are missing")
                    + (isProof ? "" : "; they may not be archived yet: look again later");
        }
    }
}

package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.ChainHead;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Seals in less than half of the memory that they take one by one: a stream that is written day and night has half a million a
 * year. Each is made anew when it is asked for. Immutable.
 */
public final class SealList extends AbstractList<Seal> implements RandomAccess {

    private static final SealList EMPTY = new SealList(new Packed(List.of()), 0, 0);

    private final Packed packed;
    private final int start;
    private final int size;

    private SealList(Packed packed, int start, int size) {
        this.packed = packed;
        this.start = start;
        this.size = size;
    }

    /** The same seals in the same order; a list of this kind as it is. */
    public static SealList copyOf(Collection<Seal> seals) {
        if (seals instanceof SealList list) {
            return list;
        }
        if (seals.isEmpty()) {
            return EMPTY;
        }
        return new SealList(new Packed(seals), 0, seals.size());
    }

    @Override
    public Seal get(int index) {
        return packed.get(start + Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }

    /** A view, which keeps all of this in memory. */
    @Override
    public SealList subList(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new SealList(packed, start + from, to - from);
    }

    /** The line that a seal is of: {@link Seal#head}. */
    public long line(int index) {
        return packed.line(start + Objects.checkIndex(index, size));
    }

    /** Of seals whose lines ascend, where the first is of that line or one behind it; the size without any. */
    public int firstAtOrBehind(long line) {
        return firstPlace(index -> line(index) >= line);
    }

    /**
     * Where the first is of which something is true; the size without any.
     *
     * @param asked true of all behind one of which it is true
     */
    public int first(Predicate<Seal> asked) {
        return firstPlace(index -> asked.test(get(index)));
    }

    private int firstPlace(IntPredicate asked) {
        int from = 0;
        int behind = size;
        while (from < behind) {
            int middle = (from + behind) >>> 1;
            if (asked.test(middle)) {
                behind = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /** Numbers and bytes side by side, in blocks so that no array is longer than Java allows. */
    private static final class Packed {

        private static final int BLOCK = 1024;
        private static final int HASH = 32;
        private static final int SIGNATURE = 64;

        private static final int NUMBER_AT = 0;
        private static final int LINE_AT = NUMBER_AT + Long.BYTES;
        private static final int SECOND_AT = LINE_AT + Long.BYTES;
        private static final int NANO_AT = SECOND_AT + Long.BYTES;
        private static final int COMMON_AT = NANO_AT + Integer.BYTES;
        private static final int HASH_AT = COMMON_AT + Integer.BYTES;
        private static final int SIGNATURE_AT = HASH_AT + HASH;
        private static final int LENGTH = SIGNATURE_AT + SIGNATURE;

        private final ByteBuffer[] blocks;
        private final List<Common> commons = new ArrayList<>();
        /** Those that are spelt in another way than they would come back. */
        private final Map<Integer, Seal> odd = new HashMap<>();

        /** What many seals have in common. */
        private record Common(String stream, List<String> revocations, String keyId) {}

        Packed(Collection<Seal> seals) {
            blocks = new ByteBuffer[(seals.size() + BLOCK - 1) / BLOCK];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = ByteBuffer.allocate(LENGTH * Math.min(BLOCK, seals.size() - i * BLOCK));
            }
            Map<Common, Integer> commonPlaces = new HashMap<>();
            int place = 0;
            for (Seal seal : seals) {
                put(place++, seal, commonPlaces);
            }
        }

        private void put(int place, Seal seal, Map<Common, Integer> commonPlaces) {
            int at = place % BLOCK * LENGTH;
            ByteBuffer block = blocks[place / BLOCK];
            Instant signedAt = seal.signedAt();
            block.putLong(at + NUMBER_AT, seal.number())
                    .putLong(at + LINE_AT, seal.head().sequence())
                    .putLong(at + SECOND_AT, signedAt.getEpochSecond())
                    .putInt(at + NANO_AT, signedAt.getNano())
                    .putInt(at + COMMON_AT, common(seal, commonPlaces))
                    .put(at + HASH_AT, HexFormat.of().parseHex(seal.head().hash()));
            byte[] signature = signature(seal);
            if (signature.length == SIGNATURE) {
                block.put(at + SIGNATURE_AT, signature);
            }
            if (!unpacked(place).equals(seal)) {
                odd.put(place, seal);
            }
        }

        private int common(Seal seal, Map<Common, Integer> places) {
            return places.computeIfAbsent(new Common(seal.stream(), seal.revocations(), seal.keyId()), common -> {
                commons.add(common);
                return commons.size() - 1;
            });
        }

        private static byte[] signature(Seal seal) {
            try {
                return Base64.getDecoder().decode(seal.signature());
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }

        long line(int place) {
            return blocks[place / BLOCK].getLong(place % BLOCK * LENGTH + LINE_AT);
        }

        Seal get(int place) {
            Seal asItWas = odd.isEmpty() ? null : odd.get(place);
            return asItWas == null ? unpacked(place) : asItWas;
        }

        private Seal unpacked(int place) {
            int at = place % BLOCK * LENGTH;
            ByteBuffer block = blocks[place / BLOCK];
            byte[] hash = new byte[HASH];
            byte[] signature = new byte[SIGNATURE];
            block.get(at + HASH_AT, hash).get(at + SIGNATURE_AT, signature);
            Common common = commons.get(block.getInt(at + COMMON_AT));
            return new Seal(
                    common.stream,
                    block.getLong(at + NUMBER_AT),
                    new ChainHead(block.getLong(at + LINE_AT), HexFormat.of().formatHex(hash)),
                    Instant.ofEpochSecond(block.getLong(at + SECOND_AT), block.getInt(at + NANO_AT)),
                    common.revocations,
                    common.keyId,
                    Base64.getEncoder().encodeToString(signature));
        }
    }
}

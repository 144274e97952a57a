package dev.pequel.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BitsTest {

    /** Stretches of rows in which members are frequent, rare or none, so that the builder changes its form. */
    @Property(tries = 500)
    void aSetAnswersAsABitSetDoes(@ForAll long seed, @ForAll @IntRange(max = 6) int stretches) {
        Random random = new Random(seed);
        BitSet expected = new BitSet();
        Bits.Builder builder = new Bits.Builder();
        int size = 0;
        for (int i = 0; i < stretches; i++) {
            int oneIn = 1 << random.nextInt(14);
            int end = size + random.nextInt(20_000);
            for (; size < end; size++) {
                if (random.nextInt(oneIn) == 0) {
                    expected.set(size);
                    builder.set(size);
                }
            }
        }
        size += random.nextInt(3) * 100_000;
        assertEquals(expected.cardinality(), builder.count());
        Bits bits = builder.build(size);
        assertEquals(expected.cardinality(), bits.count());
        assertEquals(expected.cardinality() == size, bits.isFull());
        int before = 0;
        for (int row = 0; row < size; row++) {
            boolean isMember = expected.get(row);
            assertEquals(isMember, bits.get(row));
            assertEquals(isMember ? before : -1, bits.rank(row));
            assertEquals(before, bits.before(row));
            before += isMember ? 1 : 0;
        }
        assertEquals(before, bits.before(size));
    }

    @Example
    void aSetTakesNoMoreThanItsMembersDo() {
        for (int oneIn : List.of(1, 10, 63, 64, 65, 1_000, 100_000)) {
            for (int size : List.of(1_000, 1_000_000)) {
                Bits.Builder builder = new Bits.Builder();
                for (int row = 0; row < size; row += oneIn) {
                    builder.set(row);
                }
                long bytes = builder.build(size).bytes();
                long most = 24 + 13L * builder.count();
                assertTrue(bytes <= most, () -> bytes + " bytes for " + builder.count() + " of " + size);
            }
        }
    }

    @Example
    void aBuilderSaysWhatItTakes() {
        for (int oneIn : List.of(1, 1_000)) {
            Bits.Builder builder = new Bits.Builder();
            for (int row = 0; row < 100_000; row += oneIn) {
                builder.set(row);
            }
            long least = oneIn == 1 ? builder.count() / Byte.SIZE : 4L * builder.count();
            assertTrue(builder.bytes() >= least, () -> builder.bytes() + " bytes for " + builder.count());
        }
    }

    /** What is built needs no room for rows that have nothing, whatever comes first. */
    @Example
    void farMembersCostNoMoreThanNearOnes() {
        List<Bits> sets = new ArrayList<>();
        for (int members : List.of(1, 3, 1_000)) {
            Bits.Builder builder = new Bits.Builder();
            for (int row = 0; row < members; row++) {
                builder.set(row);
            }
            builder.set(2_000_000_000);
            sets.add(builder.build(2_000_000_001));
        }
        sets.forEach(bits -> assertTrue(bits.bytes() < 20L * bits.count() + 100));
    }
}

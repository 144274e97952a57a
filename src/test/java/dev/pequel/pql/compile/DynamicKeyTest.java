package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Keys of values in hash tables. */
class DynamicKeyTest {

    private final Frame frame = Frame.ofConstants();

    /** A table of Java's collections finds a key among many with the same hash code only if they have an order. */
    @Example
    void listsAndObjectsThatAreChosenToCollideHaveAnOrder() {
        Object one = key(new UntypedValues.Fields(Map.of("k", "AaAa")));
        Object other = key(new UntypedValues.Fields(Map.of("k", "BBBB")));
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, other);
        assertNotEquals(0, order(one, other));
        assertNotEquals(
                0,
                order(
                        key(new UntypedValues.Items(List.of("AaAa"), false)),
                        key(new UntypedValues.Items(List.of("BBBB"), false))));
    }

    @Property
    void theOrderOfKeysAgreesWithTheirEquality(@ForAll long seed) {
        Random random = new Random(seed);
        Object one = key(container(random, 3));
        Object other = key(container(random.nextBoolean() ? new Random(seed) : random, 3));
        assertEquals(one.equals(other), order(one, other) == 0);
        assertEquals(Integer.signum(order(one, other)), -Integer.signum(order(other, one)));
    }

    @SuppressWarnings("unchecked")
    private static int order(Object one, Object other) {
        return assertInstanceOf(Comparable.class, one).compareTo(other);
    }

    private Object key(Object value) {
        return UntypedValues.key(frame, value);
    }

    private static Object container(Random random, int depth) {
        if (random.nextBoolean()) {
            List<Object> items = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(value(random, depth - 1));
            }
            return new UntypedValues.Items(items, false);
        }
        Map<String, Object> fields = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.put(String.valueOf("ab1".charAt(random.nextInt(3))), value(random, depth - 1));
        }
        return new UntypedValues.Fields(fields);
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth <= 0 ? 5 : 7)) {
            case 0 -> (long) random.nextInt(2);
            case 1 -> random.nextInt(4) / 2.0;
            case 2 -> String.valueOf(random.nextInt(2));
            case 3 -> random.nextBoolean();
            case 4 -> null;
            default -> container(random, depth);
        };
    }
}

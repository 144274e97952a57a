package dev.pequel.audience.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever refers to whatever, dependencies come first. */
class ReferenceOrderTest {

    @Test
    void dependenciesComeFirstAndTheOrderIsKeptOtherwise() {
        assertEquals(
                List.of("c", "b", "a", "d"),
                sorted(List.of("a", "b", "c", "d"), Map.of("a", List.of("b", "c"), "b", List.of("c"))));
    }

    @Test
    void whatTwoReferToIsPlacedOnce() {
        assertEquals(
                List.of("c", "a", "b"), sorted(List.of("a", "b", "c"), Map.of("a", List.of("c"), "b", List.of("c"))));
    }

    @Test
    void aCycleEnds() {
        assertEquals(
                List.of("c", "b", "a"),
                sorted(List.of("a", "b", "c"), Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("a"))));
        assertEquals(List.of("a"), sorted(List.of("a"), Map.of("a", List.of("a"))));
    }

    @Test
    void aChainMayBeLong() {
        List<Integer> chain = IntStream.range(0, 100_000).boxed().toList();
        assertEquals(
                chain.reversed(),
                ReferenceOrder.dependenciesFirst(
                        chain, number -> number + 1 < chain.size() ? List.of(number + 1) : List.of()));
    }

    private static List<String> sorted(List<String> items, Map<String, List<String>> dependencies) {
        return ReferenceOrder.dependenciesFirst(items, item -> dependencies.getOrDefault(item, List.of()));
    }
}

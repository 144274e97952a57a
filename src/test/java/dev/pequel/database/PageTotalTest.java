package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTotalTest {

    private static final LongSupplier NEVER = () -> {
        throw new AssertionError("nothing needs to be counted");
    };

    @ParameterizedTest
    @CsvSource({"0, 10, 0, 0", "0, 10, 7, 7", "20, 10, 7, 27"})
    void thePageThatIsNotFullTells(long first, int limit, int size, long total) {
        assertEquals(total, PageTotal.of(first, limit, size, NEVER));
    }

    /** Rows came or went between the two statements. */
    @ParameterizedTest
    @CsvSource({"0, 10, 10, 25, 25", "10, 10, 10, 15, 20", "0, 10, 10, 9, 10"})
    void aFullPageIsNeverMoreThanAll(long first, int limit, int size, long counted, long total) {
        assertEquals(total, PageTotal.of(first, limit, size, () -> counted));
    }

    @Test
    void beyondTheEndAllAreCounted() {
        assertEquals(3, PageTotal.of(20, 10, 0, () -> 3));
    }
}

package dev.pequel.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {

    private final RecentlyUsed<String, String> texts = new RecentlyUsed<>(32, String::length);

    @Test
    void whatWasNotUsedForLongestIsForgotten() {
        for (int i = 0; i < 16; i++) {
            texts.put("key " + i, "ab");
        }
        texts.get("key 0");
        texts.put("another", "c");

        assertEquals(Optional.of("ab"), texts.get("key 0"));
        assertEquals(Optional.empty(), texts.get("key 1"));
        assertEquals(Optional.of("ab"), texts.get("key 2"));
        assertEquals(Optional.of("c"), texts.get("another"));
    }

    @Test
    void aValueTakesThePlaceOfTheOneBefore() {
        for (int i = 0; i < 100; i++) {
            texts.put("key", i % 2 == 0 ? "ab" : "c");
        }
        for (int i = 0; i < 15; i++) {
            texts.put("key " + i, "ab");
        }

        assertEquals(Optional.of("c"), texts.get("key"));
        assertEquals(Optional.of("ab"), texts.get("key 0"));
    }

    @Test
    void oneThatWouldTakeTooMuchIsNotKept() {
        texts.put("other", "a");
        texts.put("key", "ab");
        texts.put("key", "abc");

        assertEquals(Optional.empty(), texts.get("key"));
        assertEquals(Optional.of("a"), texts.get("other"));
    }

    @Test
    void whatIsRemovedLeavesItsPlace() {
        for (int i = 0; i < 16; i++) {
            texts.put("key " + i, "ab");
        }
        texts.remove("key 8");
        texts.put("another", "ab");

        assertEquals(Optional.empty(), texts.get("key 8"));
        assertEquals(Optional.of("ab"), texts.get("key 0"));
    }
}

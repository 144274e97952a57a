package dev.pequel.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void letsThroughABurstAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(2, 3, START);

        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), bucket.take(START));
        }
        assertEquals(Optional.of(Duration.ofMillis(500)), bucket.take(START));
        assertEquals(Optional.of(Duration.ofMillis(100)), bucket.take(START.plusMillis(400)));
        assertEquals(Optional.empty(), bucket.take(START.plusMillis(500)));
        assertTrue(bucket.take(START.plusMillis(500)).isPresent());
    }

    @Test
    void savesNoMoreThanABurst() {
        TokenBucket bucket = new TokenBucket(100, 1, START);

        assertEquals(Optional.empty(), bucket.take(START.plusSeconds(60)));
        assertTrue(bucket.take(START.plusSeconds(60)).isPresent());
        assertFalse(bucket.isFull(START.plusSeconds(60)));
        assertTrue(bucket.isFull(START.plusSeconds(61)));
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        TokenBucket bucket = new TokenBucket(1, 1, START);

        bucket.take(START);
        assertTrue(bucket.take(START.minusSeconds(60)).isPresent());
        assertEquals(Optional.empty(), bucket.take(START.minusSeconds(59)));
    }

    @Property
    void neverLetsThroughMoreThanBurstAndRate(
            @ForAll @IntRange(min = 1, max = 50) int rate,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 100) Integer> pauses) {
        TokenBucket bucket = new TokenBucket(rate, burst, START);
        Instant now = START;
        int passed = 0;
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            Optional<Duration> wait = bucket.take(now);
            passed += wait.isEmpty() ? 1 : 0;
            // Who comes when it says is let through.
            assertTrue(wait.isEmpty() || wait.get().compareTo(Duration.ofMillis(1000 / rate + 1)) <= 0);
        }
        double seconds = Duration.between(START, now).toMillis() / 1000.0;
        assertTrue(passed <= burst + seconds * rate + 1e-6);
    }
}

package dev.pequel.http.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pequel.problem.BodyTooSlow;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ten bytes a second are asked for, on average over two seconds. */
class PacedBodyTest {

    private static final RequestSettings SETTINGS = new RequestSettings() {
        @Override
        public MemorySize bodyLimit() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public int bodyDepth() {
            return 1;
        }

        @Override
        public Duration bodyTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public MemorySize minimumRate() {
            return new MemorySize(BigInteger.TEN);
        }

        @Override
        public Duration unreadBodyTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Optional<List<String>> allowedOrigins() {
            return Optional.empty();
        }

        @Override
        public boolean cleartextHttp2() {
            return false;
        }
    };

    private long now;

    /** @param perSecond bytes that arrive together, after each second */
    private InputStream arriving(int length, int perSecond) {
        return new ByteArrayInputStream(new byte[length]) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int most) {
                now += Duration.ofSeconds(1).toNanos();
                return super.read(buffer, offset, Math.min(most, perSecond));
            }
        };
    }

    private InputStream paced(InputStream body) {
        return new PacedBody(body, SETTINGS, () -> now);
    }

    @Test
    void aBodyThatKeepsTheRateIsReadHoweverLongItTakes() throws IOException {
        assertEquals(10_000, paced(arriving(10_000, 10)).readAllBytes().length);
    }

    @Test
    void aSlowerOneIsRefused() {
        InputStream body = paced(arriving(10_000, 9));
        assertThrows(BodyTooSlow.class, body::readAllBytes);
    }

    @Test
    void anEarlyBurstIsNoCreditForLater() {
        InputStream body = paced(new SequenceInputStream(arriving(100_000, 50_000), arriving(10_000, 9)));
        assertThrows(BodyTooSlow.class, body::readAllBytes);
    }

    @Test
    void aShortBodyIsReadWhateverItsRate() throws IOException {
        assertEquals(1, paced(arriving(1, 1)).readAllBytes().length);
    }

    @Test
    void timeInWhichNobodyReadsDoesNotCount() throws IOException {
        InputStream body = paced(arriving(1_000, 10));
        int bytes = 0;
        byte[] chunk = new byte[10];
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            bytes += read;
            now += Duration.ofMinutes(1).toNanos();
        }
        assertEquals(1_000, bytes);
    }
}

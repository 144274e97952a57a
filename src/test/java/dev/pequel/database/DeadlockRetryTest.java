package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlockRetryTest {

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aDeadlockIsFollowedByAnotherAttempt() {
        DeadlockRetry.run(() -> {
            if (attempts.incrementAndGet() < DeadlockRetry.ATTEMPTS) {
                throw deadlock();
            }
        });

        assertEquals(DeadlockRetry.ATTEMPTS, attempts.get());
    }

    @Test
    void attemptsAreLimited() {
        assertThrows(
                IllegalStateException.class,
                () -> DeadlockRetry.run(() -> {
                    attempts.incrementAndGet();
                    throw deadlock();
                }));

        assertEquals(DeadlockRetry.ATTEMPTS, attempts.get());
    }

    @Test
    void anotherFailureIsNotFollowedByAnAttempt() {
        assertThrows(
                SQLException.class,
                () -> DeadlockRetry.run(() -> {
                    attempts.incrementAndGet();
                    throw new SQLException("permission denied", "42501");
                }));

        assertEquals(1, attempts.get());
    }

    /** As Flyway passes one on. */
    private static IllegalStateException deadlock() {
        return new IllegalStateException("the script failed", new SQLException("deadlock detected", "40P01"));
    }
}

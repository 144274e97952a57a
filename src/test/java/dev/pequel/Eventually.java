package dev.pequel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what comes true by itself. */
public final class Eventually {

    /** Longer than anything takes on a machine that is busy with other things. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Eventually() {}

    /** Fails, and names the place in the test, when the condition does not come true in two minutes. */
    public static void eventually(Callable<Boolean> condition) {
        patient(Awaitility.await()).until(condition);
    }

    /** Answers the first value that meets the condition; fails when there is none in two minutes. */
    public static <T> T eventually(Callable<T> value, Predicate<? super T> condition) {
        return patient(Awaitility.await()).until(value, condition);
    }

    /** @param expectation what is waited for, where the place does not tell */
    static void eventually(String expectation, Callable<Boolean> condition) {
        patient(Awaitility.await(expectation)).until(condition);
    }

    private static ConditionFactory patient(ConditionFactory waiting) {
        return waiting.atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}

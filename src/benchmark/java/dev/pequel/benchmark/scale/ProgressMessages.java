package dev.pequel.benchmark.scale;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Prints what the benchmark is doing, with the time of day in UTC. */
final class ProgressMessages {

    private ProgressMessages() {}

    /** @param text a format of {@link String#formatted} */
    static void print(String text, Object... values) {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        System.out.printf("%tT %s%n", now, text.formatted(values));
    }
}

package dev.pequel.profile.column;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** Timestamps as text (P14): ISO 8601 with offset; without one, and for a date alone, UTC. */
public final class IsoTime {

    /** Stands for a missing timestamp where timestamps are epoch microseconds. */
    public static final long MISSING = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000L;

    private IsoTime() {}

    /** Epoch microseconds of the text, or empty when it is no timestamp. Finer fractions are cut off. */
    public static OptionalLong parse(String text) {
        if (text.length() < 10 || text.length() > 40) {
            return OptionalLong.empty();
        }
        try {
            if (text.length() == 10) {
                return micros(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            boolean zoned =
                    text.endsWith("Z") || text.endsWith("z") || text.indexOf('+', 10) > 0 || text.indexOf('-', 10) > 0;
            return zoned
                    ? micros(OffsetDateTime.parse(normalOffset(text)).toInstant())
                    : micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notATimestamp) {
            return OptionalLong.empty();
        }
    }

    /** ISO 8601 also writes offsets as {@code +0200} and {@code +02}. */
    private static String normalOffset(String text) {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        int digits = text.length() - sign - 1;
        if (sign > 10 && digits == 4 && text.indexOf(':', sign) < 0) {
            return text.substring(0, sign + 3) + ":" + text.substring(sign + 3);
        }
        return sign > 10 && digits == 2 ? text + ":00" : text;
    }

    private static OptionalLong micros(Instant instant) {
        try {
            return OptionalLong.of(toMicros(instant));
        } catch (ArithmeticException outOfRange) {
            return OptionalLong.empty();
        }
    }

    /**
     * Epoch microseconds.
     *
     * @throws ArithmeticException beyond the years -290308 to 294247
     */
    public static long toMicros(Instant instant) {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(seconds, instant.getNano() / 1000);
    }

    /** Epoch microseconds of epoch milliseconds, or {@link #MISSING} out of range. */
    public static long millisToMicros(long millis) {
        return Math.abs(millis) > Long.MAX_VALUE / 1000 || millis == Long.MIN_VALUE ? MISSING : millis * 1000;
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** ISO 8601 in UTC, such as {@code 2018-08-28T10:00:00Z}, with as many fraction digits as needed (none, 3 or 6). */
    public static String text(long micros) {
        return toInstant(micros).toString();
    }

    /** The ways of writing a timestamp from which the very text can be made again. */
    enum Format {
        DATE(10) {
            @Override
            String write(long micros) {
                return toInstant(micros).atOffset(ZoneOffset.UTC).toLocalDate().toString();
            }
        },
        SECONDS(20) {
            @Override
            String write(long micros) {
                return toInstant(micros).toString();
            }
        },
        MILLISECONDS(24) {
            @Override
            String write(long micros) {
                String seconds = toInstant(Math.floorDiv(micros, MICROS_PER_SECOND) * MICROS_PER_SECOND)
                        .toString();
                long millis = Math.floorMod(micros, MICROS_PER_SECOND) / 1000;
                return seconds.substring(0, 19) + "." + (1000 + millis + "").substring(1) + "Z";
            }
        };

        private final int length;

        Format(int length) {
            this.length = length;
        }

        abstract String write(long micros);

        /** The format of the text, when it has one of these. */
        static Optional<Format> of(String text) {
            for (Format format : values()) {
                if (text.length() == format.length && text.charAt(4) == '-' && Character.isDigit(text.charAt(0))) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }

        /** Epoch microseconds if this format writes exactly this text for them, else {@link #MISSING}. */
        long read(String text) {
            if (text.length() != length) {
                return MISSING;
            }
            int year = digits(text, 0, 4);
            int month = digits(text, 5, 7);
            int day = digits(text, 8, 10);
            if (year < 0 || month < 1 || month > 12 || day < 1 || text.charAt(4) != '-' || text.charAt(7) != '-') {
                return MISSING;
            }
            if (day > 28 && day > java.time.YearMonth.of(year, month).lengthOfMonth()) {
                return MISSING;
            }
            long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L;
            if (this == DATE) {
                return seconds * MICROS_PER_SECOND;
            }
            int hour = digits(text, 11, 13);
            int minute = digits(text, 14, 16);
            int second = digits(text, 17, 19);
            int millis = this == MILLISECONDS ? digits(text, 20, 23) : 0;
            boolean marks = text.charAt(10) == 'T'
                    && text.charAt(13) == ':'
                    && text.charAt(16) == ':'
                    && text.charAt(length - 1) == 'Z'
                    && (this == SECONDS || text.charAt(19) == '.');
            if (!marks
                    || hour < 0
                    || hour > 23
                    || minute < 0
                    || minute > 59
                    || second < 0
                    || second > 59
                    || millis < 0) {
                return MISSING;
            }
            return (seconds + hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + millis * 1000L;
        }

        private static int digits(String text, int from, int to) {
            int value = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    return -1;
                }
                value = value * 10 + (c - '0');
            }
            return value;
        }
    }
}

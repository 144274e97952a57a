package dev.pequel.column;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Conversion of timestamps between ISO 8601 text (P14) and epoch microseconds. Text without an offset, and a date
 * alone, is in UTC.
 */
public final class IsoTime {

    /** Marks a missing timestamp among epoch microseconds. */
    public static final long MISSING = Long.MIN_VALUE;

    /** Length of the longest text that can be a timestamp. Such texts are ASCII. */
    static final int LONGEST = 40;

    private static final long MICROS_PER_SECOND = 1_000_000L;

    private IsoTime() {}

    /**
     * Returns the epoch microseconds of the text, or empty when it is not a timestamp. Finer fractions are truncated.
     */
    public static OptionalLong parse(String text) {
        if (text.length() < 10 || text.length() > LONGEST) {
            return OptionalLong.empty();
        }
        long usual = readUsual(text);
        if (usual != MISSING) {
            return OptionalLong.of(usual);
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

    /** Parses the usual formats, for which the general parser is slow; returns {@link #MISSING} for all others. */
    private static long readUsual(String text) {
        int length = text.length();
        if (length < 20) {
            return MISSING;
        }
        int zone = text.charAt(length - 1) == 'Z' ? length - 1 : length - 6;
        long seconds = Format.readSeconds(text);
        long offset = readOffset(text, zone);
        if (seconds == MISSING || offset == MISSING) {
            return MISSING;
        }
        if (zone == 19) {
            return seconds - offset;
        }
        int count = zone - 20;
        if (count < 1 || count > 9 || text.charAt(19) != '.') {
            return MISSING;
        }
        int fraction = Format.digits(text, 20, Math.min(zone, 26));
        if (fraction < 0 || count > 6 && Format.digits(text, 26, zone) < 0) {
            return MISSING;
        }
        for (int i = count; i < 6; i++) {
            fraction *= 10;
        }
        return seconds + fraction - offset;
    }

    /** Returns {@code Z} or an offset such as {@code +02:00} in microseconds. */
    private static long readOffset(String text, int zone) {
        char sign = text.charAt(zone);
        if (sign == 'Z') {
            return 0;
        }
        int hours = Format.digits(text, zone + 1, zone + 3);
        int minutes = Format.digits(text, zone + 4, zone + 6);
        boolean known = (sign == '+' || sign == '-')
                && text.charAt(zone + 3) == ':'
                && hours >= 0
                && hours < 18
                && minutes >= 0
                && minutes < 60;
        long micros = (hours * 60L + minutes) * 60 * MICROS_PER_SECOND;
        return known ? sign == '-' ? -micros : micros : MISSING;
    }

    /** Converts the offset forms {@code +0200} and {@code +02}, also valid in ISO 8601, to {@code +02:00}. */
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
     * Returns epoch microseconds.
     *
     * @throws ArithmeticException beyond the years -290308 to 294247
     */
    public static long toMicros(Instant instant) {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(seconds, instant.getNano() / 1000);
    }

    /** Converts epoch milliseconds to epoch microseconds, or {@link #MISSING} when out of range. */
    public static long millisToMicros(long millis) {
        return Math.abs(millis) > Long.MAX_VALUE / 1000 || millis == Long.MIN_VALUE ? MISSING : millis * 1000;
    }

    /**
     * Converts epoch milliseconds in a double to epoch microseconds, or {@link #MISSING} when they are not a whole
     * number or out of range.
     */
    public static long millisToMicros(double millis) {
        return millis == Math.rint(millis) && Math.abs(millis) <= Long.MAX_VALUE / 1000
                ? millisToMicros((long) millis)
                : MISSING;
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * Returns ISO 8601 in UTC, such as {@code 2018-08-28T10:00:00Z}, with as many fraction digits as needed (none, 3
     * or 6).
     */
    public static String text(long micros) {
        return toInstant(micros).toString();
    }

    /** Text formats of timestamps from which exactly the same text can be restored. */
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
        },
        /** No fraction, or three or six digits, whichever is the shortest. */
        SHORTEST(27) {
            @Override
            String write(long micros) {
                return toInstant(micros).toString();
            }

            @Override
            long read(String text) {
                if (text.length() == SECONDS.length) {
                    return SECONDS.read(text);
                }
                boolean isLong = text.length() == length();
                long time = isLong || text.length() == MILLISECONDS.length ? readFraction(text) : MISSING;
                long needless = isLong ? 1000 : MICROS_PER_SECOND;
                return time == MISSING || time % needless == 0 ? MISSING : time;
            }
        };

        private final int length;

        Format(int length) {
            this.length = length;
        }

        abstract String write(long micros);

        int length() {
            return length;
        }

        /** Returns a format that can also write all or most texts of this one. */
        Optional<Format> wider() {
            return this == SECONDS || this == MILLISECONDS ? Optional.of(SHORTEST) : Optional.empty();
        }

        /** Returns the format of the text, if it has one of these. */
        static Optional<Format> of(String text) {
            for (Format format : values()) {
                if (text.length() == format.length && text.charAt(4) == '-' && Character.isDigit(text.charAt(0))) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }

        /** Returns epoch microseconds if this format writes exactly this text for them, otherwise {@link #MISSING}. */
        long read(String text) {
            if (text.length() != length) {
                return MISSING;
            }
            return switch (this) {
                case DATE -> {
                    long day = readDay(text);
                    yield day == MISSING ? MISSING : day * 86_400L * MICROS_PER_SECOND;
                }
                case SECONDS -> text.charAt(19) == 'Z' ? readSeconds(text) : MISSING;
                case MILLISECONDS, SHORTEST -> readFraction(text);
            };
        }

        /** Reads three or six digits after the seconds. */
        private static long readFraction(String text) {
            int end = text.length() - 1;
            int fraction = digits(text, 20, end);
            long seconds = readSeconds(text);
            if (seconds == MISSING || fraction < 0 || text.charAt(19) != '.' || text.charAt(end) != 'Z') {
                return MISSING;
            }
            return seconds + (end == 23 ? fraction * 1000L : fraction);
        }

        /** Returns the microseconds of the first nineteen characters. */
        private static long readSeconds(String text) {
            long day = readDay(text);
            int hour = digits(text, 11, 13);
            int minute = digits(text, 14, 16);
            int second = digits(text, 17, 19);
            boolean inRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
            boolean marks = text.charAt(10) == 'T' && text.charAt(13) == ':' && text.charAt(16) == ':';
            return day != MISSING && inRange && marks
                    ? (day * 86_400L + hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND
                    : MISSING;
        }

        /** Returns the epoch day of the first ten characters. */
        private static long readDay(String text) {
            int year = digits(text, 0, 4);
            int month = digits(text, 5, 7);
            int day = digits(text, 8, 10);
            boolean marks = text.charAt(4) == '-' && text.charAt(7) == '-';
            if (!marks || year < 0 || month < 1 || month > 12 || day < 1) {
                return MISSING;
            }
            return day > 28 && day > YearMonth.of(year, month).lengthOfMonth()
                    ? MISSING
                    : LocalDate.of(year, month, day).toEpochDay();
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

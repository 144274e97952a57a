package dev.pequel.benchmark.scale;

import dev.pequel.OwnPostgresql;
import dev.pequel.benchmark.Median;
import dev.pequel.benchmark.Report;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Counts the members of new audiences in Pequel and in SQL. The counts must agree; the times are compared. */
final class CountMeasurement {

    private static final int WARM_ROUNDS = 5;
    private static final int SQL_ROUNDS = 2;

    private final AudienceClient client;
    private final OwnPostgresql database;
    private final Report report;

    CountMeasurement(AudienceClient client, OwnPostgresql database, Report report) {
        this.client = client;
        this.database = database;
        this.report = report;
    }

    /**
     * The count of an audience that did not exist before.
     *
     * @param day on which it was counted, from the beginning to the end
     * @param millis until the audience is created and its numbers are there
     */
    private record Count(long total, LocalDate day, double millis) {}

    private record Timing(MeasuredSegment segment, double coldMillis, double warmMillis, double sqlMillis) {
        double ratio() {
            return sqlMillis / warmMillis;
        }
    }

    void run() throws IOException, InterruptedException, SQLException {
        Map<MeasuredSegment, List<Count>> counts = countInPequel(MeasuredSegment.all(today()));
        ProgressMessages.print("The same in SQL");
        long sandbox = database.number("select id from sandbox");
        System.out.printf(
                "%n%-28s %10s %10s %10s %10s %9s%n", "audience", "members", "cold ms", "warm ms", "SQL ms", "times");
        List<Timing> timings = new ArrayList<>();
        for (Map.Entry<MeasuredSegment, List<Count>> counted : counts.entrySet()) {
            timings.add(compare(counted.getKey(), counted.getValue(), sandbox));
        }
        System.out.println();
        reportTimes(
                timings.stream().filter(timing -> !timing.segment().events()).toList(), "profile conditions", 100);
        reportTimes(timings.stream().filter(timing -> timing.segment().events()).toList(), "event conditions", 400);
        report.atLeast(
                "as fast as SQL, all counts together",
                sum(timings, Timing::sqlMillis) / sum(timings, Timing::warmMillis),
                50,
                " times");
        List<Double> ratios = timings.stream().map(Timing::ratio).toList();
        report.note("  the median count", Report.number(Median.of(ratios)) + " times");
        report.note(
                "  the worst count",
                Report.number(ratios.stream().min(Double::compare).orElseThrow()) + " times");
    }

    /** The first count of each audience is the cold one. */
    private Map<MeasuredSegment, List<Count>> countInPequel(List<MeasuredSegment> segments)
            throws IOException, InterruptedException {
        ProgressMessages.print("Each of %d audiences is counted %d times", segments.size(), WARM_ROUNDS + 1);
        Map<MeasuredSegment, List<Count>> counts = new LinkedHashMap<>();
        for (int round = 0; round <= WARM_ROUNDS; round++) {
            for (MeasuredSegment segment : segments) {
                counts.computeIfAbsent(segment, key -> new ArrayList<>()).add(count(segment));
            }
        }
        return counts;
    }

    /** Counts again if midnight is in between, since it is then unknown which day the count is of. */
    private Count count(MeasuredSegment segment) throws IOException, InterruptedException {
        while (true) {
            LocalDate day = today();
            long start = System.nanoTime();
            long total = client.totalProfiles(client.create(segment.name(), segment.pql()));
            double millis = millisSince(start);
            if (day.equals(today())) {
                return new Count(total, day, millis);
            }
        }
    }

    private Timing compare(MeasuredSegment segment, List<Count> counts, long sandbox) throws SQLException {
        Count last = counts.getLast();
        String sql = segment.sql(sandbox, last.day());
        double sqlMillis = Double.MAX_VALUE;
        for (int i = 0; i < SQL_ROUNDS; i++) {
            long start = System.nanoTime();
            long total = database.number(sql);
            sqlMillis = Math.min(sqlMillis, millisSince(start));
            if (total != last.total()) {
                throw new IllegalStateException(
                        "%s: Pequel counts %d, PostgreSQL %d".formatted(segment, last.total(), total));
            }
        }
        List<Double> warm = counts.stream().skip(1).map(Count::millis).toList();
        Timing timing = new Timing(segment, counts.getFirst().millis(), Median.of(warm), sqlMillis);
        System.out.printf(
                "%-28s %,10d %10.1f %10.1f %10.1f %9.1f%n",
                segment.name(),
                last.total(),
                timing.coldMillis(),
                timing.warmMillis(),
                timing.sqlMillis(),
                timing.ratio());
        return timing;
    }

    private void reportTimes(List<Timing> timings, String what, double targetMillis) {
        List<Double> cold = timings.stream().map(Timing::coldMillis).toList();
        List<Double> warm = timings.stream().map(Timing::warmMillis).toList();
        report.atMost("new audience, " + what + ", cold, median", Median.of(cold), targetMillis, " ms");
        report.note(
                "  the slowest",
                Report.number(cold.stream().max(Double::compare).orElseThrow()) + " ms");
        report.atMost("new audience, " + what + ", warm, median", Median.of(warm), targetMillis, " ms");
        report.atMost("  the slowest", warm.stream().max(Double::compare).orElseThrow(), targetMillis, " ms");
    }

    private static double sum(List<Timing> timings, ToDoubleFunction<Timing> millis) {
        return timings.stream().mapToDouble(millis).sum();
    }

    /** The day that {@code today} means in an expression. */
    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}

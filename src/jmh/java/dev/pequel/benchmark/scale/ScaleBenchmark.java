package dev.pequel.benchmark.scale;

import static dev.pequel.benchmark.scale.Report.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.OwnPostgresql;
import dev.pequel.PackagedService;
import dev.pequel.profile.sample.SamplePopulation;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Pequel claims about millions of profiles. Starts a PostgreSQL and the packaged service as an operator does, imports the
 * sample population over HTTP, counts audiences and runs segment jobs over HTTP, and counts the same in SQL.
 *
 * <p>Arguments, each {@code name=value}: {@code profiles} (1000000; there are five events for each), {@code directory}
 * ({@code target/scale}; what was imported there before is measured again without importing), {@code heap} ({@code 2g}),
 * {@code seed} (1), {@code jobs} ({@code 1,10,100,1000} audiences), {@code only} ({@code load} stops after the import).
 */
public final class ScaleBenchmark {

    private static final int ROUNDS = 5;
    private static final int SINGLE_JOBS = 10;
    private static final long REPORT_BYTES = 200L << 20;
    private static final Pattern SNAPSHOT = Pattern.compile(
            "Read the snapshot of sandbox \\d+ in ([\\d.]+) s: ([\\d,.]+) profiles, ([\\d,.]+) events, ([\\d,.]+) bytes");

    /** As an administrator would set it on a machine for this purpose; the defaults are meant for a tiny one. */
    private static final Map<String, String> POSTGRESQL = Map.of(
            "synchronous_commit", "on",
            "shared_buffers", "1GB",
            "work_mem", "64MB",
            "maintenance_work_mem", "256MB",
            "max_wal_size", "4GB",
            "random_page_cost", "1.1");

    private final Map<String, String> options;
    private final int profiles;
    private final Path directory;
    private final Report report = new Report();
    private final BlockingQueue<Matcher> snapshots = new LinkedBlockingQueue<>();

    private ScaleBenchmark(Map<String, String> options) {
        this.options = options;
        this.profiles = Integer.parseInt(options.getOrDefault("profiles", "1000000"));
        this.directory = Path.of(options.getOrDefault("directory", "target/scale"))
                .resolve(String.valueOf(profiles))
                .toAbsolutePath();
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] sides = argument.split("=", 2);
            if (sides.length < 2) {
                throw new IllegalArgumentException("name=value is expected, not " + argument);
            }
            options.put(sides[0], sides[1]);
        }
        new ScaleBenchmark(options).run();
        // Connections and watchers of other processes may have left threads behind.
        System.exit(0);
    }

    private void run() throws Exception {
        Files.createDirectories(directory);
        say("PostgreSQL starts in %s", directory);
        try (OwnPostgresql database = new OwnPostgresql(directory.resolve("postgresql"), POSTGRESQL)) {
            load(database);
            reportImports(database);
            if (!"load".equals(options.get("only"))) {
                database.update("vacuum analyze");
                measure(database);
            }
        }
        report.print();
    }

    // ---- Import

    private void load(OwnPostgresql database) throws Exception {
        try (PackagedService service = start(database)) {
            Client client = new Client(service.address());
            if (database.number("select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'")
                    > 0) {
                say("What was imported before is used again.");
                return;
            }
            SamplePopulation population =
                    new SamplePopulation(Long.parseLong(options.getOrDefault("seed", "1")), profiles, Instant.now());
            try (Memory memory = new Memory(service.pid())) {
                send(client, "profiles", write("profiles", population.profiles()));
                send(client, "events", write("events", population.events()));
                report.note("memory during the import, resident", megabytes(memory.peakResident()));
                report.note("  heap, garbage included", megabytes(OptionalLong.of(memory.peakHeap())));
            }
        }
    }

    /** The lines as a file, so that making them up costs no time during the import. */
    private Path write(String content, Iterator<byte[]> documents) throws IOException {
        Path file = directory.resolve(content + ".ndjson");
        say("%s are generated", content);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (documents.hasNext()) {
                out.write(documents.next());
                out.write('\n');
            }
        }
        return file;
    }

    private static void send(Client client, String content, Path file) throws IOException, InterruptedException {
        say("%s are imported: %s", content, megabytes(OptionalLong.of(Files.size(file))));
        JsonNode job = client.importLines(content, () -> {
            try {
                return new Sent(Files.newInputStream(file), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        if (!job.path("status").asText().equals("SUCCEEDED")
                || job.at("/metrics/failed").asLong() > 0) {
            throw new IllegalStateException(job.toPrettyString());
        }
        Files.delete(file);
    }

    /** Says from time to time how much was sent. */
    private static final class Sent extends FilterInputStream {
        private final String content;
        private long bytes;

        Sent(InputStream in, String content) {
            super(in);
            this.content = content;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0 && bytes / REPORT_BYTES != (bytes + count) / REPORT_BYTES) {
                say("  %s of %s sent", megabytes(OptionalLong.of(bytes + count)), content);
            }
            bytes += Math.max(count, 0);
            return count;
        }
    }

    /** From the jobs, which know when they began and ended, also of an earlier run. */
    private void reportImports(OwnPostgresql database) throws SQLException {
        String rate =
                "select (lines_read / extract(epoch from updated_at - created_at))::bigint from import_job where content = '%s'";
        report.atLeast("import of profiles", database.number(rate.formatted("profiles")), 20_000, "/s");
        report.atLeast("import of events", database.number(rate.formatted("events")), 50_000, "/s");
    }

    // ---- Counts and jobs

    private void measure(OwnPostgresql database) throws Exception {
        List<MeasuredSegment> segments = MeasuredSegment.all(today());
        try (PackagedService service = start(database)) {
            Client client = new Client(service.address());
            try (Memory memory = new Memory(service.pid())) {
                readSnapshot(client);
                counts(client, database, segments);
                jobs(client, database);
                report.note("memory at most, resident", megabytes(memory.peakResident()));
                report.note("  heap, garbage included", megabytes(OptionalLong.of(memory.peakHeap())));
                report.atMost("  heap at the end, without garbage", memory.liveHeap() / 1048576.0, 2048, " MiB");
            }
        }
    }

    private void readSnapshot(Client client) throws Exception {
        say("The snapshot is read");
        snapshots.clear();
        client.totalProfiles(client.create("Nobody", "person.birthYear > 9999"));
        Matcher read = snapshots.take();
        long size = whole(read.group(2));
        report.note("snapshot, time to read", read.group(1) + " s");
        report.note("  bytes for a profile with its events", number(whole(read.group(4)) / (double) Math.max(size, 1)));
    }

    /**
     * One count, of an audience that did not exist before: until it is created, and until its numbers are there.
     *
     * @param day on which it was counted, from the beginning to the end
     */
    private record Count(long total, LocalDate day, double createMillis, double metricsMillis) {
        double millis() {
            return createMillis + metricsMillis;
        }
    }

    private void counts(Client client, OwnPostgresql database, List<MeasuredSegment> segments) throws Exception {
        say("Each of %d audiences is counted %d times", segments.size(), ROUNDS + 1);
        Map<MeasuredSegment, Count> cold = new HashMap<>();
        Map<MeasuredSegment, List<Count>> warm = new HashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (MeasuredSegment segment : segments) {
                Count count = count(client, segment);
                if (round == 0) {
                    cold.put(segment, count);
                } else {
                    warm.computeIfAbsent(segment, key -> new ArrayList<>()).add(count);
                }
            }
        }
        say("The same in SQL");
        long sandbox = database.number("select id from sandbox");
        System.out.printf(
                "%n%-28s %10s %10s %10s %10s %9s%n", "audience", "members", "cold ms", "warm ms", "SQL ms", "times");
        double worstTimes = Double.MAX_VALUE;
        double sumSql = 0;
        double sumWarm = 0;
        List<Double> times = new ArrayList<>();
        for (MeasuredSegment segment : segments) {
            double millis = median(warm.get(segment).stream().map(Count::millis).toList());
            Count last = warm.get(segment).getLast();
            String sql = segment.sql(sandbox, last.day());
            double best = Double.MAX_VALUE;
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                long found = database.number(sql);
                best = Math.min(best, millisSince(start));
                if (found != last.total()) {
                    throw new IllegalStateException(
                            "%s: Pequel counts %d, PostgreSQL %d".formatted(segment, last.total(), found));
                }
            }
            worstTimes = Math.min(worstTimes, best / millis);
            times.add(best / millis);
            sumSql += best;
            sumWarm += millis;
            System.out.printf(
                    "%-28s %,10d %10.1f %10.1f %10.1f %9.1f%n",
                    segment.name(), last.total(), cold.get(segment).millis(), millis, best, best / millis);
        }
        System.out.println();
        reportCounts(segments, cold, warm, false, "profile conditions", 100);
        reportCounts(segments, cold, warm, true, "event conditions", 400);
        report.atLeast("as fast as SQL, all counts together", sumSql / sumWarm, 50, " times");
        report.note("  the median count", number(median(times)) + " times");
        report.note("  the worst count", number(worstTimes) + " times");
    }

    private void reportCounts(
            List<MeasuredSegment> segments,
            Map<MeasuredSegment, Count> cold,
            Map<MeasuredSegment, List<Count>> warm,
            boolean events,
            String what,
            double target) {
        List<MeasuredSegment> some =
                segments.stream().filter(segment -> segment.events() == events).toList();
        List<Double> coldTimes =
                some.stream().map(segment -> cold.get(segment).millis()).toList();
        List<Double> warmTimes = some.stream()
                .map(segment ->
                        median(warm.get(segment).stream().map(Count::millis).toList()))
                .toList();
        report.atMost("new audience, " + what + ", cold, median", median(coldTimes), target, " ms");
        report.note(
                "  the slowest",
                number(coldTimes.stream().mapToDouble(d -> d).max().orElse(0)) + " ms");
        report.atMost("new audience, " + what + ", warm, median", median(warmTimes), target, " ms");
        report.atMost(
                "  the slowest", warmTimes.stream().mapToDouble(d -> d).max().orElse(0), target, " ms");
    }

    /** Counts again where midnight is in between, since it is not known which day that count is of. */
    private static Count count(Client client, MeasuredSegment segment) throws Exception {
        while (true) {
            LocalDate day = today();
            long start = System.nanoTime();
            String id = client.create(segment.name(), segment.pql());
            double created = millisSince(start);
            start = System.nanoTime();
            long total = client.totalProfiles(id);
            double counted = millisSince(start);
            if (day.equals(today())) {
                return new Count(total, day, created, counted);
            }
        }
    }

    /** The day that {@code today} means in an expression. */
    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private void jobs(Client client, OwnPostgresql database) throws Exception {
        int[] sizes = Arrays.stream(
                        options.getOrDefault("jobs", "1,10,100,1000").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        int most = Arrays.stream(sizes).max().orElse(0);
        say("%,d audiences are created", most);
        List<String> audiences = new ArrayList<>();
        for (String expression : ManySegments.generate(new SplittableRandom(1), most)) {
            audiences.add(client.create("Audience " + audiences.size(), expression));
        }
        say("All audiences get their first members");
        while (database.number("select count(*) from segment_membership")
                < database.number("select count(*) from audience where archived_at is null")) {
            Thread.sleep(500);
        }
        say("Segment jobs");
        double one = 0;
        for (int i = 0; i < SINGLE_JOBS; i++) {
            one += job(client, audiences.subList(i, i + 1)) / SINGLE_JOBS;
        }
        report.note("segment job of 1 audience, mean of " + SINGLE_JOBS, number(one) + " ms");
        for (int size : sizes) {
            if (size == 1) {
                continue;
            }
            double millis = job(client, audiences.subList(0, size));
            String what = "segment job of %,d audiences".formatted(size);
            if (size == 1000) {
                report.atMost(what, millis / 1000, 60, " s");
                report.atMost("  the time of one audience", millis / one, 150, " times");
            } else {
                report.note(what, number(millis) + " ms");
            }
        }
    }

    /** Milliseconds of a job, as the job itself reports them. */
    private static double job(Client client, List<String> audiences) throws Exception {
        String id = client.evaluate(audiences);
        while (true) {
            JsonNode job = client.job(id);
            switch (job.path("status").asText()) {
                case "SUCCEEDED" -> {
                    JsonNode metrics = job.path("metrics");
                    say(
                            "  %,d audiences: %,d ms, of which evaluation %,d ms",
                            audiences.size(),
                            metrics.at("/totalTime/totalTimeInMs").asLong(),
                            metrics.at("/profileSegmentationTime/totalTimeInMs").asLong());
                    return metrics.at("/totalTime/totalTimeInMs").asDouble();
                }
                case "NEW", "PROCESSING" -> Thread.sleep(20);
                default -> throw new IllegalStateException(job.toPrettyString());
            }
        }
    }

    // ---- The service

    private PackagedService start(OwnPostgresql database) throws IOException {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.segmentation.schedule", "off");
        return PackagedService.start(settings, List.of("-Xmx" + options.getOrDefault("heap", "2g")), line -> {
            Matcher snapshot = SNAPSHOT.matcher(line);
            if (snapshot.find()) {
                snapshots.add(snapshot);
            }
            if (line.contains("INFO") || line.contains("WARN") || line.contains("ERROR")) {
                System.out.println("    " + line);
            }
        });
    }

    private static void say(String text, Object... values) {
        System.out.println(Instant.now().toString().substring(11, 19) + " " + text.formatted(values));
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? "%,d MiB".formatted(bytes.getAsLong() >> 20) : "not known";
    }

    private static long whole(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}

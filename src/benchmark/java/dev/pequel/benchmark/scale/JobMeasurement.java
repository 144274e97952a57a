package dev.pequel.benchmark.scale;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.OwnPostgresql;
import dev.pequel.benchmark.Report;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs segment jobs for one audience and for many, and reports their times. */
final class JobMeasurement {

    private static final int SINGLE_JOBS = 10;
    private static final int LARGE_JOB = 1000;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final AudienceClient client;
    private final OwnPostgresql database;
    private final Report report;

    JobMeasurement(AudienceClient client, OwnPostgresql database, Report report) {
        this.client = client;
        this.database = database;
        this.report = report;
    }

    /** @param sizes the numbers of audiences in the jobs */
    void run(List<Integer> sizes) throws IOException, InterruptedException {
        int max = sizes.stream().max(Integer::compare).orElseThrow();
        List<String> audiences = create(Math.max(max, SINGLE_JOBS));
        ProgressMessages.print("All audiences get their first members");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(this::haveAllMembers);
        ProgressMessages.print("Segment jobs");
        double single = 0;
        for (int i = 0; i < SINGLE_JOBS; i++) {
            single += millis(audiences.subList(i, i + 1)) / SINGLE_JOBS;
        }
        report.note("segment job of 1 audience, mean of " + SINGLE_JOBS, Report.number(single) + " ms");
        for (int size : sizes) {
            if (size > 1) {
                report(size, millis(audiences.subList(0, size)), single);
            }
        }
    }

    private List<String> create(int count) throws IOException, InterruptedException {
        ProgressMessages.print("%,d audiences are created", count);
        List<String> audiences = new ArrayList<>(count);
        for (String expression : ManySegments.generate(new SplittableRandom(1), count)) {
            audiences.add(client.create("Audience " + audiences.size(), expression));
        }
        return audiences;
    }

    private boolean haveAllMembers() throws SQLException {
        return database.number("select count(*) from segment_membership")
                >= database.number("select count(*) from audience where archived_at is null");
    }

    private void report(int size, double millis, double singleMillis) {
        String what = "segment job of %,d audiences".formatted(size);
        if (size == LARGE_JOB) {
            report.atMost(what, millis / 1000, 60, " s");
            report.atMost("  the time of one audience", millis / singleMillis, 150, " times");
        } else {
            report.note(what, Report.number(millis) + " ms");
        }
    }

    /** Runs a job and returns its time as the job itself reports it. */
    private double millis(List<String> audiences) throws IOException, InterruptedException {
        String id = client.evaluate(audiences);
        JsonNode job = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.job(id), JobMeasurement::hasEnded);
        if (!job.path("status").asText().equals("SUCCEEDED")) {
            throw new IllegalStateException(job.toPrettyString());
        }
        JsonNode metrics = job.path("metrics");
        ProgressMessages.print(
                "  %,d audiences: %,d ms, of which evaluation %,d ms",
                audiences.size(),
                metrics.at("/totalTime/totalTimeInMs").asLong(),
                metrics.at("/profileSegmentationTime/totalTimeInMs").asLong());
        return metrics.at("/totalTime/totalTimeInMs").asDouble();
    }

    private static boolean hasEnded(JsonNode job) {
        return switch (job.path("status").asText()) {
            case "NEW", "PROCESSING" -> false;
            default -> true;
        };
    }
}

package dev.pequel.benchmark.scale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.OwnPostgresql;
import dev.pequel.benchmark.Report;
import dev.pequel.profile.sample.SamplePopulation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.OptionalLong;

/** Imports a sample population over HTTP and reports the rates. */
final class ImportMeasurement {

    private static final String RATE =
            "select (lines_read / extract(epoch from updated_at - created_at))::bigint from import_job where content = '%s'";
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path directory;
    private final OwnPostgresql database;
    private final Report report;

    /** @param directory of the files that are sent; they are deleted afterwards */
    ImportMeasurement(Path directory, OwnPostgresql database, Report report) {
        this.directory = directory;
        this.database = database;
        this.report = report;
    }

    /** Whether an earlier run has imported its population into this database. */
    boolean isDone() throws SQLException {
        return database.number("select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'") > 0;
    }

    void run(MeasuredService service, SamplePopulation population) throws IOException, InterruptedException {
        send(service.client(), "profiles", write("profiles", population.profiles()));
        send(service.client(), "events", write("events", population.events()));
        service.reportPeaks(report, "during the import");
    }

    /** Reports the rates from the times in the import jobs, so that those of an earlier run are known too. */
    void reportRates() throws SQLException {
        report.atLeast("import of profiles", database.number(RATE.formatted("profiles")), 20_000, "/s");
        report.atLeast("import of events", database.number(RATE.formatted("events")), 50_000, "/s");
    }

    /** Generates the lines before the import, so that generating them takes no time of it. */
    private Path write(String content, Iterator<byte[]> documents) throws IOException {
        Path file = directory.resolve(content + ".ndjson");
        ProgressMessages.print("%s are generated", content);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            while (documents.hasNext()) {
                out.write(documents.next());
                out.write('\n');
            }
        }
        return file;
    }

    private static void send(AudienceClient client, String content, Path file)
            throws IOException, InterruptedException {
        ProgressMessages.print("%s are imported: %s", content, Report.mebibytes(OptionalLong.of(Files.size(file))));
        JsonNode job = client.importLines(content, () -> {
            try {
                return new UploadProgressStream(Files.newInputStream(file), content);
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
}

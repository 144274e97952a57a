package dev.pequel.export;

import static dev.pequel.Eventually.eventually;
import static dev.pequel.export.ExportingSandbox.JOBS;
import static dev.pequel.export.ExportingSandbox.body;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Sql;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exports whose disk is full, that are cancelled, or whose process was killed: nobody ever sees a part of one. */
@QuarkusTest
@Timeout(120)
class ExportFaultsTest {

    /** Waits before a file is written, and fails then. */
    static class FaultyFiles extends ExportFiles {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final boolean isDiskFull;

        FaultyFiles(ExportSettings settings, boolean isDiskFull) {
            super(settings);
            this.isDiskFull = isDiskFull;
        }

        @Override
        OutputStream create(Place place, String name) throws IOException {
            return new FilterOutputStream(super.create(place, name)) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    reached.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    out.write(bytes, from, isDiskFull ? length / 2 : length);
                    if (isDiskFull) {
                        throw new IOException("/secret/place: No space left on device");
                    }
                }
            };
        }
    }

    @Inject
    ExportSettings settings;

    @Inject
    Sandboxes sandboxes;

    @EmbeddedPostgresql.Connections
    DataSource database;

    private final ExportingSandbox sandbox = ExportingSandbox.fresh();

    @Test
    void aFullDiskFailsTheJobAndLeavesNothing() throws IOException {
        FaultyFiles files = new FaultyFiles(settings, true);
        QuarkusMock.installMockForType(files, ExportFiles.class);
        files.go.countDown();
        sandbox.profile("C1", "Rome");

        JsonPath job = sandbox.ended(create(body("")));

        assertEquals("FAILED", job.getString("status"));
        assertEquals(List.of("write-failed"), job.getList("errors.code"));
        assertFalse(job.getString("errors[0].msg").contains("/secret"), job.getString("errors[0].msg"));
        eventually(() -> left().isEmpty());
        sandbox.request().get(JOBS + "/1/files").then().statusCode(409);
        sandbox.request().delete(JOBS + "/1").then().statusCode(200);
        sandbox.request().get(JOBS).then().body("records", equalTo(List.of()));
    }

    @Test
    void nothingIsSeenOfABatchBeforeItIsComplete() throws Exception {
        FaultyFiles files = new FaultyFiles(settings, false);
        QuarkusMock.installMockForType(files, ExportFiles.class);
        sandbox.profile("C1", "Rome");
        int id = create(body("\"fields\": \"homeAddress\""));
        files.reached.await();

        assertEquals("PROCESSING", sandbox.job(id).getString("status"));
        String batch = sandbox.job(id).getString("destination.batchId");
        assertEquals(List.of("people/." + batch + ".part/part-00000.ndjson"), left());
        sandbox.request().get(JOBS + "/1/files").then().statusCode(409);
        files.go.countDown();

        sandbox.ended(id);
        assertEquals(List.of("people/" + batch + "/manifest.json", "people/" + batch + "/part-00000.ndjson"), left());
        Path part = folder().resolve("people").resolve(batch).resolve("part-00000.ndjson");
        assertEquals("{\"homeAddress\":{\"city\":\"Rome\"}}\n", Files.readString(part));
        JsonPath manifest = new JsonPath(Files.readString(part.resolveSibling("manifest.json")));
        assertEquals(1, manifest.getInt("exportJobId"));
        assertEquals(List.of("part-00000.ndjson"), manifest.getList("files.name"));
        assertEquals(List.of((int) Files.size(part)), manifest.getList("files.size"));
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(part)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(part.getParent())));
        }
    }

    @Test
    void aJobIsCancelledWhileItWrites() throws Exception {
        FaultyFiles files = new FaultyFiles(settings, false);
        QuarkusMock.installMockForType(files, ExportFiles.class);
        sandbox.profile("C1", "Rome");
        int id = create(body(""));
        files.reached.await();

        sandbox.request()
                .delete(JOBS + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo(true))
                .body("message", equalTo("Export job has been marked for cancelling"));
        assertEquals("CANCELLED", sandbox.job(id).getString("status"));
        files.go.countDown();

        eventually(() -> left().isEmpty());
        assertEquals("CANCELLED", sandbox.job(id).getString("status"));
        sandbox.request().get(JOBS + "/1/files").then().statusCode(409);
    }

    @Test
    void aJobThatDidNotBeginIsCancelled() throws Exception {
        sandbox.profile("C1", "Rome");
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = lock(connection)) {
            int id = create(body(""));
            sandbox.request().delete(JOBS + "/" + id).then().statusCode(200);
            assertEquals("CANCELLED", sandbox.job(id).getString("status"));
        }
        assertEquals("SUCCEEDED", sandbox.ended(create(body(""))).getString("status"));
        assertEquals("CANCELLED", sandbox.job(1).getString("status"));
    }

    @Test
    void aJobWhoseProcessWasKilledIsBegunAgain() throws Exception {
        sandbox.profile("C1", "Rome");
        String batch;
        int id;
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = lock(connection)) {
            id = create(body("\"fields\": \"homeAddress\""));
            batch = sandbox.job(id).getString("destination.batchId");
            leaveBehind(connection, batch, 1);
        }

        JsonPath job = sandbox.ended(id);

        assertEquals("SUCCEEDED", job.getString("status"));
        assertEquals(2, job.getInt("progress.attempts"));
        assertEquals("{\"homeAddress\":{\"city\":\"Rome\"}}\n", sandbox.file(job, "part-00000.ndjson"));
        assertEquals(List.of("people/" + batch + "/manifest.json", "people/" + batch + "/part-00000.ndjson"), left());
    }

    @Test
    void aJobThatIsKilledAgainAndAgainFails() throws Exception {
        sandbox.profile("C1", "Rome");
        int id;
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = lock(connection)) {
            id = create(body(""));
            leaveBehind(connection, sandbox.job(id).getString("destination.batchId"), settings.jobAttempts());
        }

        JsonPath job = sandbox.ended(id);

        assertEquals("FAILED", job.getString("status"));
        assertEquals(List.of("abandoned"), job.getList("errors.code"));
        eventually(() -> left().isEmpty());
    }

    @Test
    void whatAKilledProcessLeftOfACancelledJobIsRemoved() throws Exception {
        sandbox.profile("C1", "Rome");
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = lock(connection)) {
            int id = create(body(""));
            leaveBehind(connection, sandbox.job(id).getString("destination.batchId"), 1);
            sandbox.request().delete(JOBS + "/" + id).then().statusCode(200);
            assertTrue(!left().isEmpty());
        }

        eventually(() -> left().isEmpty());
    }

    @Test
    void theFilesOfADeletedJobAreRemoved() throws Exception {
        sandbox.profile("C1", "Rome");
        sandbox.export(body(""));
        assertEquals(2, left().size());

        sandbox.request().delete(JOBS + "/1").then().statusCode(200);

        assertEquals(List.of(), left());
        eventually(() -> rows() == 0);
    }

    @Test
    void anAudienceThatIsDeletedMeanwhileFailsTheJob() throws Exception {
        sandbox.profile("C1", "Rome");
        String audience = sandbox.livingIn("Rome");
        int id;
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = lock(connection)) {
            id = create(body(ExportingSandbox.segments(ExportingSandbox.segment(audience))));
            sandbox.request()
                    .delete(ExportingSandbox.BASE + "/audiences/" + audience)
                    .then()
                    .statusCode(204);
        }

        JsonPath job = sandbox.ended(id);

        assertEquals("FAILED", job.getString("status"));
        assertTrue(job.getString("errors[0].msg").contains(audience), job.getString("errors[0].msg"));
    }

    private int create(String body) {
        return sandbox.create(body).statusCode(200).extract().path("id");
    }

    private int number() {
        return sandboxes.of(new Tenant(sandbox.organization(), sandbox.name())).id();
    }

    /** Keeps the service from working on the sandbox's jobs. */
    private AdvisoryLock lock(Connection connection) throws SQLException {
        return AdvisoryLock.take(connection, ExportJobRunner.lockKey(number()));
    }

    /** Makes the sandbox's only job look like that of a process that was killed while it wrote, or while it published. */
    private void leaveBehind(Connection connection, String batch, int attempts) throws SQLException, IOException {
        assertEquals(
                1,
                Sql.update(
                        connection,
                        "update export_job set status = 'PROCESSING', attempts = ?, has_files = true where sandbox_id = ?",
                        attempts,
                        number()));
        for (String folder : List.of("." + batch + ".part", batch)) {
            Path directory = Files.createDirectories(folder().resolve("people").resolve(folder));
            Files.writeString(directory.resolve("part-00000.ndjson"), "half a li", StandardCharsets.UTF_8);
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Sql.one(
                    connection,
                    "select count(*) from export_job where sandbox_id = ?",
                    row -> row.getLong(1),
                    number());
        }
    }

    private Path folder() {
        return settings.directory()
                .orElseThrow()
                .resolve(ExportFiles.folder(sandbox.organization()))
                .resolve(ExportFiles.folder(sandbox.name()));
    }

    /** All files of the sandbox. */
    private List<String> left() {
        if (!Files.exists(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder().relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.pequel.segmentation.job;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.EmbeddedPostgresql;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.JobStatus;
import dev.pequel.segmentation.PopulatedSandbox;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.ShortDeadlines;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Segment jobs that take too long, or fail in a way that nobody thought of. */
@QuarkusTest
@TestProfile(ShortDeadlines.class)
@Timeout(60)
public class SegmentJobLimitsTest {

    /** Fails at the first look for jobs, and at each job with an audience whose expression says so. */
    @Alternative
    @Singleton
    public static class FaultyQueue extends SegmentJobQueue {
        private final AtomicInteger looks = new AtomicInteger();

        FaultyQueue(Database database, SegmentationSettings settings, Clock clock) {
            super(database, settings, clock);
        }

        @Override
        Map<JobStatus, Long> unfinished() {
            if (looks.getAndIncrement() == 0) {
                throw new IllegalStateException("The first look fails.");
            }
            return super.unfinished();
        }

        @Override
        void segments(Connection connection, UUID id, ArrayNode segments) throws SQLException {
            if (segments.toString().contains("faulty")) {
                throw new IllegalStateException("jdbc:postgresql://internal.example/pequel");
            }
            if (segments.toString().contains("away")) {
                throw new PersistenceException(new SQLException("The connection is lost."));
            }
            super.segments(connection, id, segments);
        }
    }

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @Inject
    SegmentJobQueue queue;

    @Inject
    SegmentationSettings settings;

    @Inject
    Sandboxes sandboxes;

    @EmbeddedPostgresql.Connections
    DataSource database;

    @Test
    void jobsAreLookedForAfterALookThatFailed() throws Exception {
        eventually(() -> ((FaultyQueue) ClientProxy.unwrap(queue)).looks.get() > 0);
        int number =
                sandboxes.of(new Tenant(sandbox.organization(), sandbox.name())).id();
        String job;
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = AdvisoryLock.take(connection, SegmentJobRunner.lockKey(number))) {
            job = sandbox.createJob("[{\"segmentId\": \"*\"}]")
                    .statusCode(200)
                    .extract()
                    .path("id");
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> sandbox.job(job).getString("status").equals("NEW"));
        }
        // Nobody says that the other replica is gone.
        assertEquals("SUCCEEDED", sandbox.ended(job).getString("status"));
    }

    @Test
    void theReasonOfAFailureTellsNothingOfTheInside() {
        sandbox.define("faulty = 1");
        JsonPath job = sandbox.evaluateAll();
        assertEquals("FAILED", job.getString("status"));
        assertFalse(job.getString("reason").contains("internal"), job.getString("reason"));
    }

    @Test
    void aJobIsBegunAgainWhenEntitiesCannotBeRead() {
        sandbox.define("away = 1");
        JsonPath job = sandbox.evaluateAll();
        assertEquals("FAILED", job.getString("status"));
        assertTrue(job.getString("reason").contains("lost its database"), job.getString("reason"));
        assertEquals(settings.jobAttempts(), job.getInt("progress.attempts"));
    }

    @Test
    void aJobThatTakesTooLongFailsAndChangesNothing() {
        String id = sandbox.define("homeAddress.city = \"Roma\"");
        assertEquals(Set.of(), sandbox.members(id));
        sandbox.profile("C1", "Roma");
        JsonPath job = sandbox.evaluateAll();
        assertEquals("FAILED", job.getString("status"));
        assertTrue(job.getString("reason").contains("took longer than 0 seconds"), job.getString("reason"));
        assertEquals(Set.of(), sandbox.members(id));
    }
}

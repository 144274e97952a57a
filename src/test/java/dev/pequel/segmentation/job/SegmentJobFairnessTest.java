package dev.pequel.segmentation.job;

import static dev.pequel.Eventually.eventually;
import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.segmentation.PopulatedSandbox;
import dev.pequel.segmentation.SlowTexts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One segment job runs at a time, and the one of these tests would take many minutes. */
@QuarkusTest
@Timeout(120)
class SegmentJobFairnessTest {

    private static final String ALL = "[{\"segmentId\": \"*\"}]";

    private final PopulatedSandbox heavy =
            new PopulatedSandbox("heavy-" + UUID.randomUUID(), "segmentation-" + UUID.randomUUID());

    /** Whether the other job is of the same organization. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobLetsThoseOfOtherTenantsEndFirst(boolean sameOrganization) {
        PopulatedSandbox light = new PopulatedSandbox(
                sameOrganization ? heavy.organization() : "light-" + UUID.randomUUID(),
                "segmentation-" + UUID.randomUUID());
        light.profile("C1", "Roma");
        light.define("homeAddress.city = \"Roma\"");
        String slow = begin();

        for (int i = 0; i < 3; i++) {
            JsonPath job = light.evaluateAll();
            assertEquals("SUCCEEDED", job.getString("status"));
            assertEquals(1, job.getInt("progress.attempts"));
            assertEquals(
                    "PROCESSING",
                    heavy.job(slow).getString("status"),
                    heavy.job(slow).prettify());
        }

        cancel(slow);
        assertEquals(1, heavy.job(slow).getInt("progress.attempts"));
    }

    @Test
    void aCancelledJobEnds() {
        String quick = heavy.define("homeAddress.city = \"Roma\"");
        String slow = begin();
        cancel(slow);
        // Only when it is gone, the next job of the sandbox begins.
        JsonPath next = heavy.run("[{\"segmentId\": \"" + quick + "\"}]");
        assertEquals("SUCCEEDED", next.getString("status"));
        assertEquals("CANCELLED", heavy.job(slow).getString("status"));
    }

    private String begin() {
        String id = heavy.define(SlowTexts.EXPRESSION);
        // From here on nothing but the job evaluates it.
        assertEquals(Set.of(), heavy.members(id));
        SlowTexts.importInto(heavy, 100);
        String job = heavy.createJob(ALL).statusCode(200).extract().path("id");
        eventually(() -> heavy.job(job).getString("status").equals("PROCESSING"));
        return job;
    }

    private void cancel(String job) {
        heavy.request().delete(BASE + "/segment/jobs/{id}", job).then().statusCode(204);
        assertEquals("CANCELLED", heavy.job(job).getString("status"));
    }
}

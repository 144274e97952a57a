package dev.pequel.profile.sample;

import static dev.pequel.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.shutdown.GracePeriod;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
class SampleLoaderTest {

    @Inject
    Sandboxes sandboxes;

    @Inject
    SampleSettings settings;

    @Inject
    GracePeriod gracePeriod;

    @Inject
    SandboxScope rows;

    @Inject
    Database database;

    @Test
    @Timeout(60)
    void theServiceIsReadyWhenTheSampleIsLoaded() {
        eventually(() -> given().get("/q/health/ready").statusCode() == 200);

        assertEquals(10_000, count("profile"));
        assertEquals(50_000, count("experience_event"));
    }

    /** Health is public, and what a failure says may name files of the server. */
    @Test
    @Timeout(60)
    void whyTheSampleCannotBeLoadedIsInTheLogAlone() {
        SampleLoader withoutImports = new SampleLoader(settings, null, Clock.systemUTC(), gracePeriod);
        withoutImports.start(new StartupEvent());

        eventually(() -> !"loading".equals(state(withoutImports)));

        assertEquals("failed; see the log", state(withoutImports));
    }

    private static Object state(SampleLoader loader) {
        return loader.call().getData().orElseThrow().get("state");
    }

    private long count(String table) {
        int sandbox = sandboxes.of(new Tenant("dev@Pequel", "prod")).id();
        return rows.ofSandbox(
                sandbox,
                () -> database.call(connection -> Sql.one(
                        connection,
                        "select count(*) from " + table + " where sandbox_id = ?",
                        row -> row.getLong(1),
                        sandbox)));
    }
}

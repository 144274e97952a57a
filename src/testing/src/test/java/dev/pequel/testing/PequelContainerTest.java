package dev.pequel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** {@code -Dpequel.image=pequel-local} runs it, with an image of this name and a Docker or Podman that listens on a socket. */
@EnabledIfSystemProperty(named = "pequel.image", matches = ".+")
class PequelContainerTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T23:59:00Z");

    @Test
    void itHasSeedsResetAndClock() {
        try (PequelContainer container =
                new PequelContainer(System.getProperty("pequel.image")).withSeeds(Path.of("src/test/seeds"))) {
            container.start();
            Pequel pequel = container.pequel();

            assertTrue(audiences(pequel).contains("Bought today"));
            pequel.send("POST", AUDIENCES, BodyPublishers.ofString("""
                    {"name": "Own", "expression": {"value": "person.name.firstName = \\"Ada\\""}}
                    """));
            assertTrue(audiences(pequel).contains("Own"));
            pequel.reset();
            assertFalse(audiences(pequel).contains("Own"));
            assertTrue(audiences(pequel).contains("Bought today"));

            pequel.clock().set(NEW_YEARS_EVE);
            assertEquals(NEW_YEARS_EVE, pequel.clock().now());
        }
    }

    private static String audiences(Pequel pequel) {
        return pequel.send("GET", AUDIENCES, BodyPublishers.noBody());
    }
}

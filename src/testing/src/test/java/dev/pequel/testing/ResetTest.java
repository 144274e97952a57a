package dev.pequel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** When sandboxes become new and what the clock shows. */
class ResetTest {

    private static final String SEEDS = "src/test/seeds";
    private static final String PATH = "/data/core/ups/audiences";
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @PequelTest(seeds = SEEDS)
    class EachTest {

        @BeforeEach
        void createAudience(Pequel pequel) {
            create(pequel, "Own");
        }

        @Test
        @Order(1)
        void changesSomething(Pequel pequel) {
            create(pequel, "Changed");
            pequel.clock().set(LATER);

            assertEquals(LATER, pequel.clock().now());
            assertTrue(audiences(pequel).contains("Changed"));
        }

        @Test
        @Order(2)
        void seesNothingOfAnEarlierTest(Pequel pequel) {
            String audiences = audiences(pequel);

            assertFalse(audiences.contains("Changed"), audiences);
            assertTrue(audiences.contains("Bought today"), audiences);
            assertTrue(audiences.contains("Own"), audiences);
            assertTrue(pequel.clock().now().isBefore(LATER));
        }

        @Nested
        class Inside {

            @Test
            void belongsToTheClassAroundIt(Pequel pequel) {
                assertTrue(audiences(pequel).contains("Own"));
                assertFalse(audiences(pequel).contains("Changed"));
            }
        }
    }

    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @PequelTest(seeds = SEEDS, reset = Reset.EACH_CLASS, now = "2026-12-31T23:59:00Z")
    class EachClass {

        private static Pequel atFirst;

        @BeforeAll
        static void createAudience(Pequel pequel) {
            atFirst = pequel;
            assertFalse(audiences(pequel).contains("Own"));
            create(pequel, "Own");
        }

        @Test
        @Order(1)
        void sharesWhatIsThereBeforeAll(Pequel pequel) {
            assertSame(atFirst, pequel);
            assertTrue(audiences(pequel).contains("Own"));
            create(pequel, "Second");
            pequel.clock().set(LATER);
        }

        @Test
        @Order(2)
        void seesWhatAnEarlierTestStored(Pequel pequel) {
            assertTrue(audiences(pequel).contains("Second"));
            assertEquals(Instant.parse("2026-12-31T23:59:00Z"), pequel.clock().now());
        }
    }

    @Nested
    @PequelTest(seeds = SEEDS)
    class OnRequest {

        @Test
        void oneSandboxOrAllBecomeNew(Pequel pequel) {
            create(pequel, "Own");
            pequel.reset("other");
            assertTrue(audiences(pequel).contains("Own"));
            pequel.reset("1234567890@AdobeOrg", "prod");
            assertTrue(audiences(pequel).contains("Own"));
            pequel.reset("prod");
            assertFalse(audiences(pequel).contains("Own"));

            create(pequel, "Own");
            pequel.reset();
            assertFalse(audiences(pequel).contains("Own"));
        }

        @Test
        void theClockStandsRunsAndReturns(Pequel pequel) {
            PequelClock clock = pequel.clock();
            clock.set(LATER);
            clock.run();
            Instant running = clock.now();
            assertTrue(!running.isBefore(LATER), running.toString());
            clock.stop();
            Instant stopped = clock.now();
            assertTrue(!stopped.isBefore(running), stopped.toString());
            assertEquals(stopped, clock.now());
            clock.useSystemTime();
            assertTrue(clock.now().isBefore(LATER));
        }

        @Test
        void aRefusalHasTheReason(Pequel pequel) {
            String message = assertThrows(
                            IllegalStateException.class,
                            () -> pequel.clock().set(Instant.parse("9999-01-01T00:00:00Z")))
                    .getMessage();

            assertTrue(message.contains("must be between 1970 and 9000"), message);
        }
    }

    private static void create(Pequel pequel, String name) {
        pequel.send("POST", PATH, BodyPublishers.ofString("""
                {"name": "%s", "expression": {"value": "person.name.firstName = \\"Ada\\""}}
                """.formatted(name)));
    }

    private static String audiences(Pequel pequel) {
        return pequel.send("GET", PATH, BodyPublishers.noBody());
    }
}

package dev.pequel.schedule;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link SchedulesTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class SchedulesIT extends SchedulesTest {}

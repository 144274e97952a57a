package dev.pequel;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link MetricsTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class MetricsIT extends MetricsTest {}

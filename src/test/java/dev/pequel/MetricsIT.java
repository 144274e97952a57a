package dev.pequel;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link MetricsTest}, of the packaged service. */
@QuarkusIntegrationTest
class MetricsIT extends MetricsTest {}

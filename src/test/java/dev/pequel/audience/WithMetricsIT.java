package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link WithMetricsTest}, of the packaged service. */
@QuarkusIntegrationTest
class WithMetricsIT extends WithMetricsTest {}

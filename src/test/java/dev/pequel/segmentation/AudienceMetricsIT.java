package dev.pequel.segmentation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link AudienceMetricsTest}, of the packaged service. */
@QuarkusIntegrationTest
class AudienceMetricsIT extends AudienceMetricsTest {}

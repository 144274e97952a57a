package dev.pequel.segmentation.evaluation;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link AudienceMetricsTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class AudienceMetricsIT extends AudienceMetricsTest {}

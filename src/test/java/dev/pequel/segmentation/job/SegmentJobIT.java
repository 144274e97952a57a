package dev.pequel.segmentation.job;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link SegmentJobTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class SegmentJobIT extends SegmentJobTest {}

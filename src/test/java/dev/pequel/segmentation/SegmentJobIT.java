package dev.pequel.segmentation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link SegmentJobTest}, of the packaged service. */
@QuarkusIntegrationTest
class SegmentJobIT extends SegmentJobTest {}

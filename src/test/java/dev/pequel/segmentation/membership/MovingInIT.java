package dev.pequel.segmentation.membership;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link MovingInTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class MovingInIT extends MovingInTest {}

package dev.pequel.segmentation.evaluation;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link LifecycleTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class LifecycleIT extends LifecycleTest {}

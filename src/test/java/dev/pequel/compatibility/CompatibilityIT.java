package dev.pequel.compatibility;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link CompatibilityTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class CompatibilityIT extends CompatibilityTest {}

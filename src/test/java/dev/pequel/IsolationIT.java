package dev.pequel;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link IsolationTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class IsolationIT extends IsolationTest {}

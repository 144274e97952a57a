package dev.pequel.preview;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link CountTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class CountIT extends CountTest {}

package dev.pequel.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link BadInputTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class BadInputIT extends BadInputTest {}

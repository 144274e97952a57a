package dev.pequel.field;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link DataWarningsTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class DataWarningsIT extends DataWarningsTest {}

package dev.pequel.export;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link ExportJobsTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class ExportJobsIT extends ExportJobsTest {}

package dev.pequel.preview;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link PreviewSampleTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class PreviewSampleIT extends PreviewSampleTest {}

package dev.pequel.preview;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link PreviewTest}, of the packaged service. */
@QuarkusIntegrationTest
class PreviewIT extends PreviewTest {}

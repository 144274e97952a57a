package dev.pequel.profile.importing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ImportTest}, of the packaged service. */
@QuarkusIntegrationTest
class ImportIT extends ImportTest {}

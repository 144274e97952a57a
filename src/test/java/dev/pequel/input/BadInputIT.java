package dev.pequel.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link BadInputTest}, of the packaged service. */
@QuarkusIntegrationTest
class BadInputIT extends BadInputTest {}

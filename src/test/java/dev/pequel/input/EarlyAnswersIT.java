package dev.pequel.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link EarlyAnswersTest}, of the packaged service. */
@QuarkusIntegrationTest
class EarlyAnswersIT extends EarlyAnswersTest {}

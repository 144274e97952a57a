package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ListAudiencesTest}, of the packaged service. */
@QuarkusIntegrationTest
class ListAudiencesIT extends ListAudiencesTest {}

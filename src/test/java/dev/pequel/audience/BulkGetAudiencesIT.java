package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link BulkGetAudiencesTest}, of the packaged service. */
@QuarkusIntegrationTest
class BulkGetAudiencesIT extends BulkGetAudiencesTest {}

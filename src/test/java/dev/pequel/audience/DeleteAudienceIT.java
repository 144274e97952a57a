package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link DeleteAudienceTest}, of the packaged service. */
@QuarkusIntegrationTest
class DeleteAudienceIT extends DeleteAudienceTest {}

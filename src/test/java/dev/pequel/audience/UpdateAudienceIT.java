package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link UpdateAudienceTest}, of the packaged service. */
@QuarkusIntegrationTest
class UpdateAudienceIT extends UpdateAudienceTest {}

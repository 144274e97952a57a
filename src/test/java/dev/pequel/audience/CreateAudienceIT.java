package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link CreateAudienceTest}, of the packaged service. */
@QuarkusIntegrationTest
class CreateAudienceIT extends CreateAudienceTest {}

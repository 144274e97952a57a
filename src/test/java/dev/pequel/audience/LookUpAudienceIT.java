package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link LookUpAudienceTest}, of the packaged service. */
@QuarkusIntegrationTest
class LookUpAudienceIT extends LookUpAudienceTest {}

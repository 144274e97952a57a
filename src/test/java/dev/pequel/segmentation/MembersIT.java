package dev.pequel.segmentation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link MembersTest}, of the packaged service. */
@QuarkusIntegrationTest
class MembersIT extends MembersTest {}

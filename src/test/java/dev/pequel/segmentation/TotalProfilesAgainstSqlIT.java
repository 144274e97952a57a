package dev.pequel.segmentation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link TotalProfilesAgainstSqlTest}, of the packaged service. */
@QuarkusIntegrationTest
class TotalProfilesAgainstSqlIT extends TotalProfilesAgainstSqlTest {}

package dev.pequel.segmentation.evaluation;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link TotalProfilesAgainstSqlTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class TotalProfilesAgainstSqlIT extends TotalProfilesAgainstSqlTest {}

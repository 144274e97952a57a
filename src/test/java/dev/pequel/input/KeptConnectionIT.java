package dev.pequel.input;

import dev.pequel.LowLimits;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link KeptConnectionTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
@TestProfile(LowLimits.class)
class KeptConnectionIT extends KeptConnectionTest {}

package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link MergePolicyTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class MergePolicyIT extends MergePolicyTest {}

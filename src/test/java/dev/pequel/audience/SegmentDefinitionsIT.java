package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link SegmentDefinitionsTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class SegmentDefinitionsIT extends SegmentDefinitionsTest {}

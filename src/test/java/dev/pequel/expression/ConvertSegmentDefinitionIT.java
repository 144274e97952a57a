package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ConvertSegmentDefinitionTest}, of the packaged service. */
@QuarkusIntegrationTest
class ConvertSegmentDefinitionIT extends ConvertSegmentDefinitionTest {}

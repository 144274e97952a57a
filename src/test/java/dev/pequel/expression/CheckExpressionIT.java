package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link CheckExpressionTest}, of the packaged service. */
@QuarkusIntegrationTest
class CheckExpressionIT extends CheckExpressionTest {}

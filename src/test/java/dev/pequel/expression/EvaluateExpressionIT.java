package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link EvaluateExpressionTest}, of the packaged service. */
@QuarkusIntegrationTest
class EvaluateExpressionIT extends EvaluateExpressionTest {}

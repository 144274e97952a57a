package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** {@link TokenIssuerTest}, of the packaged service. */
@QuarkusIntegrationTest
@TestProfile(TokenIssuerTest.WithProvider.class)
class TokenIssuerIT extends TokenIssuerTest {}

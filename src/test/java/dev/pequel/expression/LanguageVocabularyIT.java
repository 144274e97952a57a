package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link LanguageVocabularyTest}, of the packaged service. */
@QuarkusIntegrationTest
class LanguageVocabularyIT extends LanguageVocabularyTest {}

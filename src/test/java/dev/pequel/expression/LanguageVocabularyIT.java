package dev.pequel.expression;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** {@link LanguageVocabularyTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
class LanguageVocabularyIT extends LanguageVocabularyTest {}

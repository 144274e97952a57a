package dev.pequel.pql.syntax.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.syntax.grammar.PqlLexer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documented keywords are those that lexer and parser know. */
class KeywordTest {

    @Test
    void reservedWordsAreThoseOfTheLexer() {
        Set<String> tokens = IntStream.range(PqlLexer.AND, PqlLexer.IDENTIFIER)
                .mapToObj(type -> PqlLexer.VOCABULARY
                        .getSymbolicName(type)
                        .replace("_", "")
                        .toLowerCase())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(tokens, words(Keyword::isReserved));
    }

    @Test
    void theOthersAreTheSoftKeywords() {
        Set<String> soft = Stream.of(
                        SoftKeywords.AGGREGATES, SoftKeywords.CHAINS, SoftKeywords.LINKS, TimeKeywords.WORDS)
                .flatMap(keywords -> keywords.words().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(soft, words(keyword -> !keyword.isReserved()));
    }

    private static Set<String> words(Predicate<Keyword> which) {
        return Arrays.stream(Keyword.values())
                .filter(which)
                .map(keyword -> keyword.word().toLowerCase())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

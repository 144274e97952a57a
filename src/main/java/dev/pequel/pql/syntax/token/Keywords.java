package dev.pequel.pql.syntax.token;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.syntax.grammar.PqlParser;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A set of words that are keywords in some positions, written in all lower or all upper case (P10). */
final class Keywords {

    private final Map<String, Integer> types;

    /** @param types the type of each word in lower case */
    Keywords(Map<String, Integer> types) {
        this.types = types;
    }

    /** Returns the words in lower case. */
    Set<String> words() {
        return types.keySet();
    }

    /** @param word in lower case */
    boolean contains(String word) {
        return types.containsKey(word);
    }

    /** Returns the type of the keyword that the word spells in any case. */
    Optional<Integer> find(PqlToken word) {
        return word.is(PqlParser.IDENTIFIER)
                ? Optional.ofNullable(types.get(word.getText().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** Makes the word a keyword if it spells one; reports mixed case. */
    void mark(PqlToken word, SyntaxDiagnostics findings) {
        find(word).ifPresent(type -> {
            checkCase(word, findings);
            word.setType(type);
        });
    }

    static void checkCase(PqlToken word, SyntaxDiagnostics findings) {
        if (isMixedCase(word)) {
            findings.report(
                    DiagnosticCode.KEYWORD_CASE,
                    "Keywords are written all in lower or all in upper case.",
                    word,
                    word.getText().toLowerCase(Locale.ROOT));
        }
    }

    static boolean isMixedCase(PqlToken word) {
        String text = word.getText();
        return !text.equals(text.toLowerCase(Locale.ROOT)) && !text.equals(text.toUpperCase(Locale.ROOT));
    }
}

package dev.pequel.pql.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.function.Function;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "startWith, startsWith",
        "startsWtih, startsWith",
        "STARTSWITH, startsWith",
        "isnull, isNull",
        "cuont, count",
        "topn, topN",
        "groupby, groupBy",
        "xyz,",
        "aVeryLongNameThatIsNothingLikeAnyFunctionOfTheLanguageAndThenSomeMoreOfIt,"
    })
    void closestFunction(String wanted, String expected) {
        assertEquals(Optional.ofNullable(expected), Suggestions.closest(wanted, Function.names()));
    }

    @Test
    void aSlipIsCloserThanAGuess() {
        List<String> names = List.of("homeAddress", "city", "age");
        assertEquals(Optional.of("homeAddress"), Suggestions.slip("homeAdress", names));
        assertEquals(Optional.of("city"), Suggestions.slip("ctiy", names));
        assertEquals(Optional.empty(), Suggestions.slip("cost", names));
        assertEquals(Optional.empty(), Suggestions.slip("ago", names));
    }

    @Test
    void theNameItselfIsNoSuggestion() {
        assertEquals(Optional.empty(), Suggestions.closest("city", List.of("city")));
    }
}

package dev.pequel.expression;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.syntax.token.Keyword;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code GET /pql/language}: the vocabulary of the language, for editors. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Language")
record LanguageAnswer(List<Word> keywords, List<Sign> operators, List<Call> functions) {

    private static final String UNIT = "unit";

    /** A keyword, which is written all in lower or all in upper case. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "LanguageKeyword", description = "A keyword; written all in lower or all in upper case.")
    record Word(
            @Schema(examples = "and") String word,

            @Schema(
                    examples = "operator",
                    enumeration = {"operator", "clause", "value", "time", UNIT, "aggregate", "chain"})
            String kind,

            @Schema(
                    description =
                            "Whether the word is reserved: it is a name only after a dot or in backticks. Other keywords are names"
                                    + " wherever the grammar expects no keyword.",
                    examples = "true")
            boolean reserved,

            @Schema(examples = "true when both sides are true")
            String documentation) {}

    /** An operator that is no word. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "LanguageOperator")
    record Sign(
            @Schema(examples = "!=") String symbol,

            @Schema(examples = "both are present and differ")
            String documentation) {}

    /** A function. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "LanguageFunction")
    record Call(
            @Schema(examples = "startsWith") String name,

            @Schema(examples = "text.startsWith(part[, caseSensitive])")
            String signature,

            @Schema(description = "With the receiver, which may also be the first argument.", examples = "2")
            int minimumArguments,

            @Schema(description = "Absent if there may be any number of arguments.", examples = "3")
            Optional<Integer> maximumArguments,

            @Schema(examples = "true when the text begins with the part")
            String documentation) {}

    /** Returns the language of this version, the same for all tenants. */
    static LanguageAnswer create() {
        Stream<Word> words = Arrays.stream(Keyword.values())
                .map(keyword ->
                        new Word(keyword.word(), keyword.kind().word(), keyword.isReserved(), keyword.meaning()));
        Stream<Word> units = Arrays.stream(CalendarUnit.values())
                .flatMap(unit -> Stream.of(unit.singular(), unit.plural()))
                .map(unit -> new Word(unit, UNIT, false, "a unit of time, in a time test"));
        Stream<Sign> comparisons = Arrays.stream(ComparisonOperator.values())
                .map(operator -> new Sign(operator.symbol(), operator.meaning()));
        Stream<Sign> arithmetic = Arrays.stream(ArithmeticOperator.values())
                .map(operator -> new Sign(operator.symbol(), operator.meaning()));
        Sign negation = new Sign("!", "the same as `not`, but applies to the next operand alone");
        return new LanguageAnswer(
                Stream.concat(words, units).toList(),
                Stream.concat(Stream.concat(comparisons, arithmetic), Stream.of(negation))
                        .toList(),
                Arrays.stream(Function.values()).map(LanguageAnswer::call).toList());
    }

    private static Call call(Function function) {
        return new Call(
                function.spelling(),
                function.form(),
                function.minimum(),
                function.maximum() == Integer.MAX_VALUE ? Optional.empty() : Optional.of(function.maximum()),
                function.meaning());
    }
}

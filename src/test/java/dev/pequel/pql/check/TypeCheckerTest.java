package dev.pequel.pql.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.check.RowFile.Finding;
import dev.pequel.pql.check.RowFile.Row;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.EvaluationMethods;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.Type;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TypeCheckerTest {

    private static final PqlParser PARSER = new PqlParser(Limits.DEFAULT);
    private static final TypeChecker CHECKER = new TypeChecker();

    @TestFactory
    Stream<DynamicContainer> rows() {
        return RowFile.all().stream()
                .map(file -> dynamicContainer(
                        file.path().getFileName().toString(),
                        file.rows().stream()
                                .map(row ->
                                        dynamicTest(row.line() + ": " + row.expression(), () -> verify(file, row)))));
    }

    private static void verify(RowFile file, Row row) {
        String place = file.path() + ":" + row.line() + ": " + row.expression();
        Checked checked = check(row.expression(), row);
        switch (row.expectation()) {
            case TYPES -> {
                assertEquals(row.expected(), checked.resultType().notation(), place);
                verifyDiagnostics(row, checked.diagnostics(), place);
            }
            case METHODS -> verifyMethods(row, checked.methods(), place);
            case FIELDS -> assertEquals(row.expected(), String.join(", ", checked.fields()), place);
            case SAME -> assertEquals(term(check(row.expected(), row)), term(checked), place);
        }
    }

    private static Checked check(String expression, Row row) {
        return CHECKER.check(PARSER.parse(expression), row.schema(), row.purpose());
    }

    private static Term term(Checked checked) {
        assertFalse(checked.hasErrors(), () -> checked.diagnostics().toString());
        return checked.expression().orElseThrow().term();
    }

    private static void verifyDiagnostics(Row row, List<Diagnostic> diagnostics, String place) {
        String found = diagnostics.stream()
                .map(diagnostic -> diagnostic.render(row.expression()))
                .collect(Collectors.joining("\n"));
        assertEquals(row.findings().size(), diagnostics.size(), place + " has\n" + found);
        for (int i = 0; i < diagnostics.size(); i++) {
            Finding expected = row.findings().get(i);
            assertTrue(
                    expected.describes(diagnostics.get(i), row.expression()),
                    place + " should have\n" + expected + "\nbut has\n" + found);
        }
    }

    private static void verifyMethods(Row row, EvaluationMethods methods, String place) {
        String fastest = methods.edge() ? "edge" : methods.streaming() ? "streaming" : "batch";
        String[] expected = row.expected().split(": ", 2);
        assertEquals(expected[0], fastest, place);
        assertTrue(methods.reason().contains(expected[1]), () -> place + ": " + methods.reason());
        assertTrue(methods.streaming() || !methods.edge(), () -> place + " is evaluated on the edge but not streamed");
    }

    @Test
    void everyCodeOfTheCheckerHasARow() {
        Set<String> shown = RowFile.all().stream()
                .flatMap(file -> file.rows().stream())
                .flatMap(row -> row.findings().stream())
                .map(Finding::code)
                .collect(Collectors.toSet());
        // Whether an audience exists, whether a requested method is eligible, and what the data have, is for others to
        // say.
        Set<DiagnosticCode> elsewhere = EnumSet.of(
                DiagnosticCode.UNKNOWN_AUDIENCE,
                DiagnosticCode.AUDIENCE_CYCLE,
                DiagnosticCode.NOT_ELIGIBLE,
                DiagnosticCode.FIELD_WITHOUT_DATA,
                DiagnosticCode.VALUE_WITHOUT_DATA);
        List<String> missing = Stream.of(DiagnosticCode.values())
                .filter(code -> code.id().matches("PQL[2-5].*") && !elsewhere.contains(code))
                .map(DiagnosticCode::id)
                .filter(id -> !shown.contains(id))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void everyFunctionIsUsed() {
        String all = RowFile.all().stream()
                .flatMap(file -> file.rows().stream())
                .map(Row::expression)
                .collect(Collectors.joining("\n"));
        List<String> missing = Function.names().stream()
                .filter(name -> !all.contains(name + "("))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void syntaxErrorsArePassedOn() {
        Checked checked = CHECKER.check(PARSER.parse("a and"), BuiltInSchema.schema(), Purpose.SEGMENT);
        assertTrue(checked.hasErrors());
        assertEquals(PARSER.parse("a and").diagnostics(), checked.diagnostics());
    }

    @Test
    void audiencesAreFoundWithTheirPlaces() {
        Checked checked = CHECKER.check(
                PARSER.parse("inSegment(\"b\") and segmentMembership.get(\"ups\").get(\"a\").status = \"exited\""
                        + " and inSegment(\"b\") and segmentMembership.get(\"other\").get(\"c\").status = \"exited\""),
                BuiltInSchema.schema(),
                Purpose.SEGMENT);
        assertEquals(Set.of("a", "b"), checked.dependencies());
        assertEquals(
                List.of("b true 11", "a false 53", "b true 90"),
                checked.references().stream()
                        .map(r -> r.audienceId() + " " + r.required() + " "
                                + r.span().column())
                        .toList());
    }

    @Test
    void ineligibleMethodsAreRefused() {
        Checked batch =
                CHECKER.check(PARSER.parse("xEvent.eventType = \"a\""), BuiltInSchema.schema(), Purpose.SEGMENT);
        assertEquals(List.of(), batch.refusals(false, false));
        List<Diagnostic> refusals = batch.refusals(true, true);
        assertEquals(2, refusals.size());
        assertTrue(refusals.stream().allMatch(d -> d.code() == DiagnosticCode.NOT_ELIGIBLE && d.isError()));
        assertTrue(refusals.get(0).message().contains("continuous (streaming)"));
        assertTrue(refusals.get(1).message().contains("synchronous (edge)"));
        assertEquals(22, refusals.get(0).span().length());

        Checked edge = CHECKER.check(PARSER.parse("vip"), BuiltInSchema.schema(), Purpose.SEGMENT);
        assertEquals(List.of(), edge.refusals(true, true));
    }

    @Test
    void inputsAreReachedByNameAndPosition() {
        TypeChecker ranking = new TypeChecker(new Inputs("profile", List.of())
                .and("offer", new Type.ObjectOf(java.util.Map.of("price", Type.DOUBLE), false))
                .and("", Type.ANY));
        Checked checked = ranking.check(
                PARSER.parse("if(offer.price > 3 and profile.person.birthYear > 1980, $2.price, $3.other)"),
                BuiltInSchema.schema(),
                Purpose.VALUE);
        assertEquals(List.of(), checked.diagnostics());
        assertEquals(List.of("$3.other", "offer.price", "person.birthYear"), List.copyOf(checked.fields()));
        assertFalse(checked.methods().streaming());

        assertEquals(
                term(ranking.check(PARSER.parse("offer.price"), BuiltInSchema.schema(), Purpose.VALUE)),
                term(ranking.check(PARSER.parse("(P, Offer) => Offer.price"), BuiltInSchema.schema(), Purpose.VALUE)));
        assertEquals(
                List.of(DiagnosticCode.UNKNOWN_FIELD),
                ranking.check(PARSER.parse("offer.prize"), BuiltInSchema.schema(), Purpose.VALUE).diagnostics().stream()
                        .map(Diagnostic::code)
                        .toList());
    }

    @Test
    void theTermKnowsItsPlaces() {
        String text = "person.birthYear > 1980 and inSegment(\"a\")";
        CheckedExpression checked = CHECKER.check(PARSER.parse(text), BuiltInSchema.schema(), Purpose.SEGMENT)
                .expression()
                .orElseThrow();
        Term.And and = (Term.And) checked.term();
        assertEquals(text.length(), checked.span(and).orElseThrow().length());
        assertEquals(29, checked.span(and.operands().get(1)).orElseThrow().column());
        assertEquals(Expression.And.class, checked.source().getClass());
    }
}

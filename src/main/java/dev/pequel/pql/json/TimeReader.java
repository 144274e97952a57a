package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.RelativePeriod;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code occurs} nodes and their time tests. */
final class TimeReader {

    private static final List<String> RELATIONS = List.of("before", "after", "from", "on", "between");

    private final NodeReader nodes;
    private final NodeValidator checks;

    TimeReader(NodeReader nodes, NodeValidator checks) {
        this.nodes = nodes;
        this.checks = checks;
    }

    Expression occurs(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "timestamp", "timeinterval", "relation", "qualification");
        Optional<LocatedJson> json = checks.required(node, "timestamp");
        Expression timestamp = json.isPresent() ? nodes.expression(json.get(), scope) : missing(node.span());
        return test(node, scope)
                .<Expression>map(test -> new Expression.Occurs(timestamp, test, node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    /**
     * Reads {@code relation}, {@code timeinterval} and {@code qualification} of a node. Without {@code relation}, the
     * interval determines whether the test is {@code on} or {@code between}.
     */
    Optional<TimeTest> test(Members node, ReadingScope scope) {
        Optional<LocatedJson> interval = checks.required(node, "timeinterval");
        Optional<Text> relation =
                checks.optional(node, "relation").flatMap(json -> word(json, "relation", "TimeDirection"));
        Optional<LocatedJson> qualification = checks.optional(node, "qualification");
        if (interval.isEmpty()) {
            return Optional.empty();
        }
        Optional<Members> range = rangeNode(interval.get());
        String word = relation.map(text -> text.value().toLowerCase(Locale.ROOT))
                .orElse(range.isPresent() ? "between" : "on");
        if (range.isPresent() != word.equals("between")) {
            if (RELATIONS.contains(word)) {
                checks.report(
                        DiagnosticCode.INVALID_NODE,
                        "A `range` and the relation `between` must be used together.",
                        interval.get().span());
                return Optional.empty();
            }
        }
        if (qualification.isPresent() && (word.equals("on") || word.equals("between"))) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "A `qualification` is allowed only with the relations `before`, `after` and `from`.",
                    qualification.get().span());
            return Optional.empty();
        }
        return switch (word) {
            case "before" -> side(node, TimeDirection.BEFORE, interval.get(), qualification, scope);
            case "after" -> side(node, TimeDirection.AFTER, interval.get(), qualification, scope);
            case "from" -> side(node, TimeDirection.FROM, interval.get(), qualification, scope);
            case "on" -> time(interval.get(), scope).map(time -> new TimeTest.On(time, node.span()));
            case "between" -> between(node, range.get(), scope);
            default -> {
                checks.unknownWord(
                        DiagnosticCode.INVALID_MEMBER,
                        "`" + relation.get().value()
                                + "` is not a relation of times; the relations are"
                                + " `before`, `after`, `from`, `on` and `between`.",
                        relation.get(),
                        RELATIONS);
                yield Optional.empty();
            }
        };
    }

    private static Optional<Members> rangeNode(LocatedJson json) {
        return json instanceof Members node
                        && node.members().get("nodeType") instanceof Text type
                        && type.value().equals("range")
                ? Optional.of(node)
                : Optional.empty();
    }

    /** @param node the node whose span the test gets */
    Optional<TimeTest> between(Members node, Members range, ReadingScope scope) {
        checks.onlyMembers(range, "nodeType", "start", "end");
        Optional<TimeTest.Time> start = checks.required(range, "start").flatMap(json -> time(json, scope));
        Optional<TimeTest.Time> end = checks.required(range, "end").flatMap(json -> time(json, scope));
        return start.isEmpty() || end.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeTest.Between(start.get(), end.get(), node.span()));
    }

    private Optional<TimeTest> side(
            Members node,
            TimeDirection direction,
            LocatedJson interval,
            Optional<LocatedJson> qualification,
            ReadingScope scope) {
        Optional<TimeTest.Time> anchor = time(interval, scope);
        if (qualification.isEmpty()) {
            return anchor.map(time -> new TimeTest.Side(direction, time, node.span()));
        }
        if (!(qualification.get() instanceof Members within)) {
            checks.wrongKind(qualification.get(), "qualification", "a node of type `timeQualification`");
            return Optional.empty();
        }
        checks.onlyMembers(within, "nodeType", "duration", "comparison");
        if (!checks.isOfType(within, "timeQualification")) {
            return Optional.empty();
        }
        Optional<ComparisonOperator> comparison =
                checks.required(within, "comparison").flatMap(this::comparison);
        Optional<LocatedJson> duration = checks.required(within, "duration");
        if (duration.isEmpty()) {
            return Optional.empty();
        }
        if (!(duration.get() instanceof Members length)) {
            checks.wrongKind(duration.get(), "duration", "a node of type `duration`");
            return Optional.empty();
        }
        checks.onlyMembers(length, "nodeType", "count", "unit");
        if (!checks.isOfType(length, "duration")) {
            return Optional.empty();
        }
        Optional<Long> count =
                checks.required(length, "count").flatMap(json -> checks.whole(json, "count", 0, Long.MAX_VALUE));
        Optional<CalendarUnit> unit = checks.required(length, "unit").flatMap(this::unit);
        return anchor.isEmpty() || comparison.isEmpty() || count.isEmpty() || unit.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeTest.Within(
                        comparison.get(), count.get(), unit.get(), direction, anchor.get(), node.span()));
    }

    private Optional<TimeTest.Time> time(LocatedJson json, ReadingScope scope) {
        if (json instanceof Members node
                && node.members().get("literalType") instanceof Text type
                && type.value().equalsIgnoreCase("timeinterval")) {
            checks.onlyMembers(node, "nodeType", "literalType", "relation", "unit");
            if (!checks.isOfType(node, "literal")) {
                return Optional.empty();
            }
            Optional<RelativePeriod> period =
                    checks.requiredText(node, "relation").flatMap(this::period);
            Optional<CalendarUnit> unit = checks.required(node, "unit").flatMap(this::unit);
            return period.isEmpty() || unit.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new TimeTest.Time.Period(period.get(), unit.get(), node.span()));
        }
        return Optional.of(new TimeTest.Time.Value(nodes.bracketed(json, scope), json.span()));
    }

    private Optional<RelativePeriod> period(Text text) {
        Optional<RelativePeriod> period = Arrays.stream(RelativePeriod.values())
                .filter(candidate -> candidate.word().equalsIgnoreCase(text.value()))
                .findFirst();
        if (period.isEmpty()) {
            checks.unknownWord(
                    DiagnosticCode.INVALID_MEMBER,
                    "`" + text.value() + "` is not a period; the periods are `this`, `last` and `next`.",
                    text,
                    List.of("this", "last", "next"));
        }
        return period;
    }

    private Optional<ComparisonOperator> comparison(LocatedJson json) {
        return word(json, "comparison", "Comparison").flatMap(text -> {
            Optional<ComparisonOperator> operator = Arrays.stream(ComparisonOperator.values())
                    .filter(candidate -> candidate.symbol().equals(text.value()))
                    .findFirst();
            if (operator.isEmpty()) {
                checks.report(
                        DiagnosticCode.INVALID_MEMBER,
                        "`" + text.value()
                                + "` is not a comparison; the comparisons are `=`, `!=`, `<`, `<=`, `>` and `>=`.",
                        text.span());
            }
            return operator;
        });
    }

    /** Reads a unit in the singular or plural, including two misspellings of the published lists. */
    private Optional<CalendarUnit> unit(LocatedJson json) {
        return word(json, "unit", "TimeUnit").flatMap(text -> {
            String name = text.value()
                    .toLowerCase(Locale.ROOT)
                    .replace("milisecond", "millisecond")
                    .replace("millenium", "millennium")
                    .replace("millenia", "millennia");
            Optional<CalendarUnit> unit = Arrays.stream(CalendarUnit.values())
                    .filter(candidate -> candidate.singular().equals(name)
                            || candidate.plural().equals(name)
                            || (candidate.singular() + "s").equals(name))
                    .findFirst();
            if (unit.isEmpty()) {
                checks.unknownWord(
                        DiagnosticCode.INVALID_MEMBER,
                        "`" + text.value() + "` is not a unit of time.",
                        text,
                        Arrays.stream(CalendarUnit.values())
                                .flatMap(known -> Stream.of(known.singular(), known.plural()))
                                .toList());
            }
            return unit;
        });
    }

    /** Reads a word, given as a literal node of its own type or as a string. */
    private Optional<Text> word(LocatedJson json, String member, String literalType) {
        if (!(json instanceof Members literal)) {
            return checks.text(json, member);
        }
        checks.onlyMembers(literal, "nodeType", "literalType", "value");
        if (!checks.isOfType(literal, "literal")) {
            return Optional.empty();
        }
        Optional<LocatedJson> given = checks.optional(literal, "literalType");
        if (given.isEmpty() && NodeKind.nodeType(literal).equals("literal")) {
            return checks.requiredText(literal, "value");
        }
        Optional<Text> type = checks.requiredText(literal, "literalType");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (!type.get().value().equalsIgnoreCase(literalType)
                && !type.get().value().equalsIgnoreCase("string")) {
            checks.report(
                    DiagnosticCode.INVALID_MEMBER,
                    "A literal of type `" + literalType + "` is needed here.",
                    type.get().span());
            return Optional.empty();
        }
        return checks.requiredText(literal, "value");
    }
}

package dev.pequel.pql.syntax;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.SourceText;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Expression.Aggregation;
import dev.pequel.pql.ast.Expression.And;
import dev.pequel.pql.ast.Expression.Arithmetic;
import dev.pequel.pql.ast.Expression.Call;
import dev.pequel.pql.ast.Expression.Chain;
import dev.pequel.pql.ast.Expression.Comparison;
import dev.pequel.pql.ast.Expression.ContextReference;
import dev.pequel.pql.ast.Expression.CurrentItem;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Field;
import dev.pequel.pql.ast.Expression.Filter;
import dev.pequel.pql.ast.Expression.If;
import dev.pequel.pql.ast.Expression.InputReference;
import dev.pequel.pql.ast.Expression.Lambda;
import dev.pequel.pql.ast.Expression.Let;
import dev.pequel.pql.ast.Expression.Like;
import dev.pequel.pql.ast.Expression.ListLiteral;
import dev.pequel.pql.ast.Expression.Literal;
import dev.pequel.pql.ast.Expression.Membership;
import dev.pequel.pql.ast.Expression.Name;
import dev.pequel.pql.ast.Expression.Negation;
import dev.pequel.pql.ast.Expression.Not;
import dev.pequel.pql.ast.Expression.ObjectLiteral;
import dev.pequel.pql.ast.Expression.Occurs;
import dev.pequel.pql.ast.Expression.Or;
import dev.pequel.pql.ast.Expression.OuterItem;
import dev.pequel.pql.ast.Expression.Quantified;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Expression.TimeReference;
import dev.pequel.pql.ast.RelativePeriod;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.ast.TimeTest.Time;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.syntax.token.StringLiteral;
import dev.pequel.pql.syntax.token.TimeKeywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * Converts the parse tree of a text without syntax errors to an expression. The methods follow the rules of the
 * grammar.
 */
final class TreeBuilder {

    private final SourceText source;

    TreeBuilder(SourceText source) {
        this.source = source;
    }

    Expression query(QueryContext query) {
        return expression(query.expression());
    }

    private Expression expression(ExpressionContext expression) {
        List<Expression> operands = new ArrayList<>();
        for (ConjunctionContext operand : expression.conjunction()) {
            switch (conjunction(operand)) {
                case Or(var inner, var span) -> operands.addAll(inner);
                case Expression other -> operands.add(other);
            }
        }
        return operands.size() == 1 ? operands.getFirst() : new Or(operands, span(expression));
    }

    private Expression conjunction(ConjunctionContext conjunction) {
        List<NegationContext> parts = conjunction.negation();
        if (parts.size() == 1) {
            return negation(parts.getFirst());
        }
        List<Expression> operands = new ArrayList<>();
        for (NegationContext operand : parts) {
            switch (negation(operand)) {
                case And(var inner, var span) -> operands.addAll(inner);
                case Expression other -> operands.add(other);
            }
        }
        return new And(operands, span(conjunction));
    }

    private Expression negation(NegationContext negation) {
        if (negation.NOT() != null) {
            return new Not(negation(negation.negation()), span(negation));
        }
        return negation.open() != null ? open(negation.open()) : comparison(negation.comparison());
    }

    // ---- Open expressions

    private Expression open(OpenContext open) {
        return switch (open.getChild(0)) {
            case LetContext let -> let(let);
            case QuantifiedContext quantified -> quantified(quantified);
            case AggregationContext aggregation -> aggregation(aggregation);
            case LambdaContext lambda -> lambda(lambda);
            default -> throw unknown(open);
        };
    }

    private Expression let(LetContext let) {
        NameContext name = let.name();
        return new Let(name(name), span(name), expression(let.expression(0)), expression(let.expression(1)), span(let));
    }

    private Expression quantified(QuantifiedContext quantified) {
        Quantifier quantifier = switch (type(quantified.getStart())) {
            case SELECT -> Quantifier.SELECT;
            case EXISTS -> Quantifier.EXISTS;
            default -> Quantifier.FORALL;
        };
        return new Quantified(quantifier, declarations(quantified.declarations().declaration()), span(quantified));
    }

    private Expression aggregation(AggregationContext aggregation) {
        AggregateFunction function = AggregateFunction.valueOf(
                text(aggregation.AGGREGATE().getSymbol()).toUpperCase(Locale.ROOT));
        if (aggregation.declaration() != null) {
            return new Aggregation(
                    function, Optional.empty(), List.of(declaration(aggregation.declaration())), span(aggregation));
        }
        return new Aggregation(
                function,
                Optional.of(expression(aggregation.expression())),
                declarations(aggregation.declarations().declaration()),
                span(aggregation));
    }

    private List<Declaration> declarations(List<DeclarationContext> declarations) {
        return each(declarations, this::declaration);
    }

    private Declaration declaration(DeclarationContext declaration) {
        NameContext name = declaration.name();
        return new Declaration(
                name(name),
                span(name),
                postfix(declaration.postfix()),
                Optional.ofNullable(declaration.expression()).map(this::expression),
                span(declaration));
    }

    private Expression lambda(LambdaContext lambda) {
        List<Lambda.Parameter> parameters = lambda.name().stream()
                .map(name -> new Lambda.Parameter(name(name), span(name)))
                .toList();
        return new Lambda(parameters, expression(lambda.expression()), span(lambda));
    }

    // ---- Comparisons

    private Expression comparison(ComparisonContext comparison) {
        Expression left = additive(comparison.additive());
        return comparison.test() == null ? left : test(left, comparison.test(), span(comparison));
    }

    private Expression test(Expression left, TestContext test, Span span) {
        if (test.OCCURS() != null) {
            return new Occurs(left, timeTest(test.timeTest()), span);
        }
        Expression right = additive(test.additive());
        return switch (type(test.getStart())) {
            case IN -> new Membership(false, left, right, span);
            case NOT_IN -> new Membership(true, left, right, span);
            case LIKE -> new Like(left, right, span);
            case MATCHES ->
                new Call(Optional.of(left), "matches", List.of(right), span(test.getStart(), test.getStart()), span);
            default -> new Comparison(operator(test.comparisonOperator()), left, right, span);
        };
    }

    private ComparisonOperator operator(ComparisonOperatorContext operator) {
        return switch (type(operator.getStart())) {
            case EQUAL -> ComparisonOperator.EQUAL;
            case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case LESS -> ComparisonOperator.LESS;
            case LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case GREATER -> ComparisonOperator.GREATER;
            default -> ComparisonOperator.GREATER_OR_EQUAL;
        };
    }

    // ---- Times

    TimeTest timeTest(TimeTestContext test) {
        Span span = span(test);
        if (test.comparisonOperator() != null) {
            return new TimeTest.Within(
                    operator(test.comparisonOperator()),
                    Long.parseLong(test.INTEGER().getText()),
                    TimeKeywords.unit(test.UNIT().getText()).orElseThrow(),
                    direction(test.direction().getStart()),
                    time(test.time(0)),
                    span);
        }
        if (test.direction() != null) {
            return new TimeTest.Side(direction(test.direction().getStart()), time(test.time(0)), span);
        }
        if (test.BETWEEN() != null) {
            return new TimeTest.Between(time(test.time(0)), time(test.time(1)), span);
        }
        return new TimeTest.On(time(test.time(0)), span);
    }

    private TimeDirection direction(Token direction) {
        return switch (type(direction)) {
            case BEFORE -> TimeDirection.BEFORE;
            case AFTER -> TimeDirection.AFTER;
            default -> TimeDirection.FROM;
        };
    }

    private Time time(TimeContext time) {
        if (time.UNIT() == null) {
            return new Time.Value(additive(time.additive()), span(time));
        }
        RelativePeriod period = switch (type(time.getStart())) {
            case LAST -> RelativePeriod.LAST;
            case NEXT -> RelativePeriod.NEXT;
            default -> RelativePeriod.THIS;
        };
        return new Time.Period(period, TimeKeywords.unit(time.UNIT().getText()).orElseThrow(), span(time));
    }

    // ---- Arithmetic

    private Expression additive(AdditiveContext additive) {
        return leftToRight(additive);
    }

    /** Operands and operators alternate among the children. */
    private Expression leftToRight(ParserRuleContext chain) {
        Expression result = operand(chain.getChild(0));
        for (int i = 2; i < chain.getChildCount(); i += 2) {
            Expression right = operand(chain.getChild(i));
            Token last = ((ParserRuleContext) chain.getChild(i)).getStop();
            result = new Arithmetic(
                    arithmetic(chain.getChild(i - 1).getText()), result, right, span(chain.getStart(), last));
        }
        return result;
    }

    private Expression operand(ParseTree operand) {
        return switch (operand) {
            case MultiplicativeContext multiplicative -> leftToRight(multiplicative);
            case UnaryContext unary -> unary(unary);
            default -> throw unknown(operand);
        };
    }

    private static ArithmeticOperator arithmetic(String symbol) {
        return switch (symbol) {
            case "+" -> ArithmeticOperator.ADD;
            case "-" -> ArithmeticOperator.SUBTRACT;
            case "*" -> ArithmeticOperator.MULTIPLY;
            case "/" -> ArithmeticOperator.DIVIDE;
            default -> ArithmeticOperator.REMAINDER;
        };
    }

    private Expression unary(UnaryContext unary) {
        if (unary.postfix() != null) {
            return postfix(unary.postfix());
        }
        Expression operand = unary(unary.unary());
        return unary.BANG() != null ? new Not(operand, span(unary)) : new Negation(operand, span(unary));
    }

    // ---- Paths and primaries

    private Expression postfix(PostfixContext postfix) {
        Expression result = primary(postfix.primary());
        for (int i = 1; i < postfix.getChildCount(); i++) {
            StepContext step = (StepContext) postfix.getChild(i);
            result = step(result, step, span(postfix.getStart(), step.getStop()));
        }
        return result;
    }

    private Expression step(Expression target, StepContext step, Span span) {
        if (step.name() == null) {
            return new Filter(target, expression(step.expression()), span);
        }
        return fieldOrCall(target, step.name(), step.arguments(), span);
    }

    private Expression fieldOrCall(Expression target, NameContext name, ArgumentsContext arguments, Span span) {
        return arguments == null
                ? new Field(target, name(name), span(name), span)
                : new Call(Optional.of(target), name(name), arguments(arguments), span(name), span);
    }

    private List<Expression> arguments(ArgumentsContext arguments) {
        return expressions(arguments.expression());
    }

    private List<Expression> expressions(List<ExpressionContext> expressions) {
        return each(expressions, this::expression);
    }

    private Expression primary(PrimaryContext primary) {
        Span span = span(primary);
        if (primary.expression() != null) {
            return expression(primary.expression());
        } else if (primary.literal() != null) {
            return new Literal(scalar(primary.literal()), span);
        } else if (primary.list() != null) {
            return new ListLiteral(expressions(primary.list().expression()), span);
        } else if (primary.object() != null) {
            return object(primary.object());
        } else if (primary.conditional() != null) {
            return conditional(primary.conditional());
        } else if (primary.chain() != null) {
            return chain(primary.chain());
        } else if (primary.call() != null) {
            return call(primary);
        } else if (primary.name() != null) {
            return new Name(name(primary.name()), span);
        } else if (primary.outerItem() != null) {
            return outerItem(primary.outerItem());
        } else if (primary.PARAMETER() != null) {
            return new InputReference(Integer.parseInt(primary.getText().substring(1)), span);
        } else if (primary.CONTEXT() != null) {
            String text = primary.getText();
            return new ContextReference(text.substring(2, text.length() - 1), span);
        } else if (primary.THIS() != null) {
            return new CurrentItem(span);
        } else {
            return new TimeReference(
                    switch (type(primary.getStart())) {
                        case NOW -> TimeWord.NOW;
                        case TODAY -> TimeWord.TODAY;
                        case YESTERDAY -> TimeWord.YESTERDAY;
                        default -> TimeWord.TOMORROW;
                    },
                    span);
        }
    }

    private Scalar scalar(LiteralContext literal) {
        String text = literal.getText();
        return switch (type(literal.getStart())) {
            case STRING -> new Scalar.Text(StringLiteral.value(text));
            case INTEGER -> new Scalar.Int(Long.parseLong(text));
            case DOUBLE -> new Scalar.Real(Double.parseDouble(text));
            case TRUE -> new Scalar.Bool(true);
            case FALSE -> new Scalar.Bool(false);
            default -> new Scalar.Null();
        };
    }

    private Expression object(ObjectContext object) {
        return new ObjectLiteral(each(object.entry(), this::entry), span(object));
    }

    private ObjectLiteral.Entry entry(EntryContext entry) {
        return new ObjectLiteral.Entry(
                StringLiteral.value(entry.STRING().getText()),
                expression(entry.expression()),
                span(entry.getStart(), entry.getStart()));
    }

    private Expression conditional(ConditionalContext conditional) {
        List<ExpressionContext> parts = conditional.expression();
        return new If(expression(parts.get(0)), expression(parts.get(1)), expression(parts.get(2)), span(conditional));
    }

    private Expression chain(ChainContext chain) {
        return new Chain(
                expression(chain.expression()),
                name(chain.name()),
                span(chain.name()),
                each(chain.link(), this::link),
                span(chain));
    }

    private Chain.Link link(LinkContext link) {
        return new Chain.Link(
                name(link.name()),
                expression(link.expression()),
                Optional.ofNullable(link.timeTest()).map(this::timeTest),
                Optional.ofNullable(link.INTEGER()).map(count -> Long.parseLong(count.getText())),
                span(link));
    }

    private Expression call(PrimaryContext primary) {
        Token name = primary.call().getStart();
        String spelling = switch (type(name)) {
            case EXISTS -> "exists";
            case MATCHES -> "matches";
            default -> name(primary.call().name());
        };
        return new Call(
                Optional.empty(), spelling, arguments(primary.call().arguments()), span(name, name), span(primary));
    }

    private Expression outerItem(OuterItemContext outer) {
        int levels = outer.CARET().size();
        Token lastCaret = outer.CARET(levels - 1).getSymbol();
        Expression item = new OuterItem(levels, span(outer.getStart(), lastCaret));
        return outer.name() == null ? item : fieldOrCall(item, outer.name(), outer.arguments(), span(outer));
    }

    /** Not a stream, which would take ten stack frames at each level of nesting. */
    private static <S, T> List<T> each(List<S> parts, Function<S, T> builder) {
        List<T> result = new ArrayList<>(parts.size());
        for (S part : parts) {
            result.add(builder.apply(part));
        }
        return result;
    }

    /** Returns the name without backticks. */
    private String name(NameContext name) {
        String text = name.getText();
        return name.QUOTED_NAME() == null
                ? text
                : text.substring(1, text.length() - 1).replace("``", "`");
    }

    private static int type(Token token) {
        return token.getType();
    }

    private String text(Token token) {
        return token.getText();
    }

    private Span span(ParserRuleContext context) {
        return span(context.getStart(), context.getStop());
    }

    private Span span(Token first, Token last) {
        return source.span(first.getStartIndex(), last.getStopIndex() + 1);
    }

    private static IllegalStateException unknown(ParseTree tree) {
        return new IllegalStateException("unknown parse tree " + tree.getClass());
    }
}

package dev.pequel.pql.syntax;

import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.Expression;
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
import dev.pequel.pql.ast.Expression.TimeReference;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.ast.TimeTest.Time;
import dev.pequel.pql.syntax.token.Names;
import dev.pequel.pql.syntax.token.StringLiteral;
import dev.pequel.pql.syntax.token.TimeKeywords;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes expressions in canonical form: parentheses and backticks only where needed; keywords in lower case, except
 * {@code WHAT}, {@code WHEN} and {@code COUNT}; methods with a dot.
 */
public final class PqlWriter {

    private PqlWriter() {}

    /**
     * Returns the text of an expression. Parsing it returns an equal tree except for spans, if the tree has the form
     * that the parser makes: no {@code and} directly in an {@code and}, no negative literals, names without line
     * breaks.
     */
    public static String write(Expression expression) {
        Text text = new Text();
        text.write(expression, Level.OPEN);
        return text.toString();
    }

    /** Precedence levels of the grammar, loosest first. */
    private enum Level {
        OPEN,
        OR,
        AND,
        NOT,
        COMPARISON,
        ADDITIVE,
        MULTIPLICATIVE,
        UNARY,
        POSTFIX;

        Level tighter() {
            return values()[ordinal() + 1];
        }
    }

    private static Level level(Expression expression) {
        return switch (expression) {
            case Let let -> Level.OPEN;
            case Quantified quantified -> Level.OPEN;
            case Aggregation aggregation -> Level.OPEN;
            case Lambda lambda -> Level.OPEN;
            case Or or -> Level.OR;
            case And and -> Level.AND;
            case Not not -> Level.NOT;
            case Comparison comparison -> Level.COMPARISON;
            case Membership membership -> Level.COMPARISON;
            case Like like -> Level.COMPARISON;
            case Occurs occurs -> Level.COMPARISON;
            case Arithmetic arithmetic -> level(arithmetic.operator());
            case Negation negation -> Level.UNARY;
            case Literal literal -> level(literal.value());
            case ListLiteral list -> Level.POSTFIX;
            case ObjectLiteral object -> Level.POSTFIX;
            case Name name -> Level.POSTFIX;
            case InputReference input -> Level.POSTFIX;
            case OuterItem outer -> Level.POSTFIX;
            case CurrentItem current -> Level.POSTFIX;
            case ContextReference context -> Level.POSTFIX;
            case TimeReference time -> Level.POSTFIX;
            case Field field -> Level.POSTFIX;
            case Call call -> Level.POSTFIX;
            case Filter filter -> Level.POSTFIX;
            case If conditional -> Level.POSTFIX;
            case Chain chain -> Level.POSTFIX;
        };
    }

    private static Level level(ArithmeticOperator operator) {
        return switch (operator) {
            case ADD, SUBTRACT -> Level.ADDITIVE;
            case MULTIPLY, DIVIDE, REMAINDER -> Level.MULTIPLICATIVE;
        };
    }

    private static Level level(Scalar value) {
        return switch (value) {
            case Scalar.Int(long number) ->
                number == Long.MIN_VALUE ? Level.ADDITIVE : number < 0 ? Level.UNARY : Level.POSTFIX;
            case Scalar.Real(double number) -> number < 0 || 1 / number < 0 ? Level.UNARY : Level.POSTFIX;
            default -> Level.POSTFIX;
        };
    }

    private static final class Text {

        private final StringBuilder text = new StringBuilder();
        /** Whether an {@code in} here would end the value of a {@code let} (P13). */
        private boolean insideLet;

        @Override
        public String toString() {
            return text.toString();
        }

        /** Writes an expression, in parentheses if it binds looser than the given level. */
        void write(Expression expression, Level loosest) {
            if (expression instanceof Not(var operand, var span)
                    && loosest.compareTo(Level.NOT) > 0
                    && loosest.compareTo(Level.UNARY) <= 0) {
                text.append('!');
                write(operand, Level.UNARY);
                return;
            }
            if (needsBrackets(expression, loosest)) {
                bracketed("(", () -> write(expression), ")");
            } else {
                write(expression);
            }
        }

        private boolean needsBrackets(Expression expression, Level loosest) {
            boolean endsLet = insideLet && expression instanceof Membership membership && !membership.negated();
            return level(expression).compareTo(loosest) < 0 || endsLet;
        }

        /** Writes steps of paths and operands of arithmetic in a loop, because they nest deeply on the left. */
        private void write(Expression expression) {
            Deque<Expression> above = new ArrayDeque<>();
            Expression start = expression;
            for (Optional<Expression> left = left(start);
                    left.isPresent() && !(left.get() instanceof Not) && !needsBrackets(left.get(), leftLevel(start));
                    left = left(start)) {
                above.push(start);
                start = left.get();
            }
            node(start);
            above.forEach(this::rest);
        }

        private static Optional<Expression> left(Expression expression) {
            return switch (expression) {
                case Field field -> Optional.of(field.target());
                case Filter filter -> Optional.of(filter.target());
                case Call call -> call.receiver();
                case Arithmetic arithmetic -> Optional.of(arithmetic.left());
                default -> Optional.empty();
            };
        }

        private static Level leftLevel(Expression expression) {
            return expression instanceof Arithmetic arithmetic ? level(arithmetic.operator()) : Level.POSTFIX;
        }

        /** Writes an expression without its left part. */
        private void rest(Expression expression) {
            switch (expression) {
                case Field field -> text.append('.').append(Names.afterDot(field.name()));
                case Filter filter -> bracketed("[", () -> write(filter.condition(), Level.OPEN), "]");
                case Call call -> {
                    text.append('.').append(Names.afterDot(call.name()));
                    bracketed("(", () -> items(call.arguments()), ")");
                }
                case Arithmetic arithmetic -> {
                    text.append(' ').append(arithmetic.operator().symbol()).append(' ');
                    write(arithmetic.right(), level(arithmetic.operator()).tighter());
                }
                default -> throw new IllegalArgumentException("has no left part: " + expression);
            }
        }

        private void bracketed(String opener, Runnable content, String closer) {
            boolean outside = insideLet;
            insideLet = false;
            text.append(opener);
            content.run();
            text.append(closer);
            insideLet = outside;
        }

        private void node(Expression expression) {
            switch (expression) {
                case Let let -> let(let);
                case Quantified(var quantifier, var declarations, var span) -> {
                    text.append(quantifier.word()).append(' ');
                    declarations(declarations);
                }
                case Aggregation aggregation -> aggregation(aggregation);
                case Lambda(var parameters, var body, var span) -> {
                    text.append(parameters.stream()
                            .map(parameter -> Names.bare(parameter.name()))
                            .collect(Collectors.joining(", ", "(", ") => ")));
                    write(body, Level.OPEN);
                }
                case Or(var operands, var span) -> joined(operands, " or ", Level.AND);
                case And(var operands, var span) -> joined(operands, " and ", Level.NOT);
                case Not(var operand, var span) -> {
                    text.append("not ");
                    write(operand, Level.NOT);
                }
                case Comparison(var operator, var left, var right, var span) -> infix(left, operator.symbol(), right);
                case Membership(var negated, var element, var list, var span) ->
                    infix(element, negated ? "notIn" : "in", list);
                case Like(var string, var pattern, var span) -> infix(string, "like", pattern);
                case Occurs(var timestamp, var test, var span) -> {
                    write(timestamp, Level.ADDITIVE);
                    text.append(" occurs ");
                    timeTest(test);
                }
                case Arithmetic arithmetic -> {
                    write(arithmetic.left(), leftLevel(arithmetic));
                    rest(arithmetic);
                }
                case Negation(var operand, var span) -> {
                    text.append('-');
                    write(operand, Level.UNARY);
                }
                case Literal(var value, var span) -> text.append(scalar(value));
                case ListLiteral(var items, var span) -> bracketed("[", () -> items(items), "]");
                case ObjectLiteral(var entries, var span) -> bracketed("{", () -> entries(entries), "}");
                case Name(var name, var span) -> text.append(Names.bare(name));
                case InputReference(var position, var span) -> text.append('$').append(position);
                case OuterItem(var levels, var span) -> text.repeat('^', levels);
                case CurrentItem current -> text.append("this");
                case ContextReference(var schema, var span) ->
                    text.append("@{").append(schema).append('}');
                case TimeReference(var word, var span) -> text.append(word.word());
                case Field field -> {
                    write(field.target(), Level.POSTFIX);
                    rest(field);
                }
                case Call call -> call(call);
                case Filter filter -> {
                    write(filter.target(), Level.POSTFIX);
                    rest(filter);
                }
                case If(var test, var then, var otherwise, var span) ->
                    bracketed("if(", () -> items(List.of(test, then, otherwise)), ")");
                case Chain chain -> chain(chain);
            }
        }

        private void infix(Expression left, String operator, Expression right) {
            write(left, Level.ADDITIVE);
            text.append(' ').append(operator).append(' ');
            write(right, Level.ADDITIVE);
        }

        private void joined(List<Expression> operands, String separator, Level level) {
            each(operands, separator, operand -> write(operand, level));
        }

        private void items(List<Expression> items) {
            each(items, ", ", item -> write(item, Level.OPEN));
        }

        private <T> void each(List<T> parts, String separator, java.util.function.Consumer<T> writer) {
            for (Iterator<T> rest = parts.iterator(); rest.hasNext(); ) {
                writer.accept(rest.next());
                if (rest.hasNext()) {
                    text.append(separator);
                }
            }
        }

        private void entries(List<ObjectLiteral.Entry> entries) {
            each(entries, ", ", entry -> {
                text.append(StringLiteral.quote(entry.key())).append(": ");
                write(entry.value(), Level.OPEN);
            });
        }

        private void call(Call call) {
            if (call.receiver().isPresent()) {
                write(call.receiver().get(), Level.POSTFIX);
                rest(call);
            } else {
                text.append(Names.function(call.name()));
                bracketed("(", () -> items(call.arguments()), ")");
            }
        }

        private void chain(Chain chain) {
            bracketed(
                    "chain(",
                    () -> {
                        write(chain.list(), Level.OPEN);
                        text.append(", ")
                                .append(Names.bare(chain.timestampField()))
                                .append(", [");
                        each(chain.links(), ", ", this::link);
                        text.append(']');
                    },
                    ")");
        }

        private void link(Chain.Link link) {
            text.append(Names.bare(link.label())).append(": WHAT(");
            write(link.condition(), Level.OPEN);
            text.append(')');
            link.when().ifPresent(when -> {
                text.append(" WHEN(");
                timeTest(when);
                text.append(')');
            });
            link.count().ifPresent(count -> text.append(" COUNT(").append(count).append(')'));
        }

        // ---- Open expressions

        private void let(Let let) {
            text.append("let ").append(Names.bare(let.name())).append(" = ");
            boolean outside = insideLet;
            insideLet = true;
            write(let.value(), Level.OPEN);
            insideLet = outside;
            text.append(" in ");
            write(let.body(), Level.OPEN);
        }

        private void aggregation(Aggregation aggregation) {
            text.append(aggregation.function().word()).append(' ');
            aggregation.value().ifPresent(value -> {
                int start = text.length();
                write(value, Level.OR);
                // `sum (a) and sum(b) over X from c` would be read as `sum(a) and (sum (b) over X from c)`, and `sum
                // matches(a, b) over X from c` would begin with a test of `sum`.
                if ("([-".indexOf(text.charAt(start)) >= 0 || text.indexOf("matches(", start) == start) {
                    text.insert(start, '(').append(')');
                }
                text.append(" over ");
            });
            declarations(aggregation.declarations());
        }

        private void declarations(List<Declaration> declarations) {
            for (Iterator<Declaration> rest = declarations.iterator(); rest.hasNext(); ) {
                Declaration declaration = rest.next();
                text.append(Names.bare(declaration.name())).append(" from ");
                write(declaration.range(), Level.POSTFIX);
                // An open condition would include the variables that follow.
                Level level = rest.hasNext() ? Level.OR : Level.OPEN;
                declaration.condition().ifPresent(condition -> {
                    text.append(" where ");
                    write(condition, level);
                });
                text.append(rest.hasNext() ? ", " : "");
            }
        }

        // ---- Times

        private void timeTest(TimeTest test) {
            switch (test) {
                case TimeTest.Within(var operator, var count, var unit, var direction, var anchor, var span) -> {
                    text.append(operator.symbol()).append(' ').append(count).append(' ');
                    text.append(count == 1 ? unit.singular() : unit.plural());
                    text.append(' ').append(direction.word()).append(' ');
                    time(anchor);
                }
                case TimeTest.Side(var direction, var anchor, var span) -> {
                    text.append(direction.word()).append(' ');
                    time(anchor);
                }
                case TimeTest.On(var time, var span) -> {
                    boolean word = time instanceof Time.Period
                            || time instanceof Time.Value(TimeReference reference, var place);
                    text.append(word ? "" : "on ");
                    time(time);
                }
                case TimeTest.Between(var from, var to, var span) -> {
                    text.append("between ");
                    time(from);
                    text.append(" and ");
                    time(to);
                }
            }
        }

        private void time(Time time) {
            switch (time) {
                case Time.Period(var period, var unit, var span) ->
                    text.append(period.word()).append(' ').append(unit.singular());
                case Time.Value(var value, var span) -> {
                    int start = text.length();
                    write(value, Level.ADDITIVE);
                    quoteFirstWord(start);
                }
            }
        }

        /** Quotes the first word if it is a keyword at the start of a time. */
        private void quoteFirstWord(int start) {
            int end = start;
            while (end < text.length() && Names.isPart(text.charAt(end))) {
                end++;
            }
            if (TimeKeywords.isKeyword(text.substring(start, end))) {
                text.insert(end, '`').insert(start, '`');
            }
        }

        private static String scalar(Scalar value) {
            return switch (value) {
                case Scalar.Null none -> "null";
                case Scalar.Bool(boolean bool) -> Boolean.toString(bool);
                // The parser reads digits without the sign, and 9223372036854775808 exceeds a long.
                case Scalar.Int(long number) ->
                    number == Long.MIN_VALUE ? Long.MIN_VALUE + 1 + " - 1" : Long.toString(number);
                case Scalar.Real(double number) -> Double.toString(number);
                case Scalar.Text(String string) -> StringLiteral.quote(string);
            };
        }
    }
}

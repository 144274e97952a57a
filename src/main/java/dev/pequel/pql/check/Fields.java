package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.FIELD_OF_MAP;
import static dev.pequel.pql.DiagnosticCode.FIELD_OF_TUPLE;
import static dev.pequel.pql.DiagnosticCode.NAMED_ITEM;
import static dev.pequel.pql.DiagnosticCode.UNFAMILIAR_FIELD;
import static dev.pequel.pql.DiagnosticCode.UNKNOWN_FIELD;
import static dev.pequel.pql.DiagnosticCode.USED_BEFORE_DECLARATION;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.check.VariableScope.Binding;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Path;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.Type.ObjectOf;
import dev.pequel.pql.type.TypeRules;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Resolves bare names and steps of paths. */
public final class Fields {

    private static final String MEMBERSHIP = "segmentMembership";
    private static final String OWN_NAMESPACE = "ups";
    private static final String STATUS = "status";
    private static final String ITEM = "The current item";

    /** Words that are values by themselves (P9). */
    private static final List<String> VALUE_WORDS = Stream.concat(
                    Stream.of("true", "false", "null", "this"),
                    Arrays.stream(TimeWord.values()).map(TimeWord::word))
            .toList();

    private final CheckDiagnostics findings;

    Fields(CheckDiagnostics findings) {
        this.findings = findings;
    }

    /** Resolves a bare name: a variable, a named input, or a field of the implicit item (P1). */
    Typed name(Expression.Name name, VariableScope scope) {
        Optional<Binding> bound = scope.named(name.name());
        if (bound.isPresent()) {
            return use(bound.get(), name);
        }
        Binding item = scope.currentItem();
        if (scope.callsItem(name.name()) && !knows(item.type(), name.name())) {
            findings.report(
                    NAMED_ITEM,
                    "`" + name.name() + "` is not declared and is read as the item of the list;"
                            + " its fields can be written without the name.",
                    name.span());
            return use(item, name);
        }
        if (scope.isDeclaredLater(name.name()) && !knows(item.type(), name.name())) {
            findings.report(
                    USED_BEFORE_DECLARATION,
                    "`" + name.name() + "` is declared later; a variable can be used only after its declaration.",
                    name.span());
            return Typed.unknown(name);
        }
        String subject = scope.levels() == 0 ? "The profile" : ITEM;
        return step(use(item, name), name.name(), name.span(), name, new Place(subject, Optional.of(scope)));
    }

    /** Resolves a step of a path (P20, P50). */
    Typed field(Typed target, Expression.Field field) {
        return step(target, field.name(), field.nameSpan(), field, new Place(subject(target), Optional.empty()));
    }

    /** Resolves a name as a field of the current item, even if a variable has the same name. */
    Typed ofItem(Expression.Name name, VariableScope scope) {
        return step(use(scope.currentItem(), name), name.name(), name.span(), name, new Place(ITEM, Optional.empty()));
    }

    private static Typed use(Binding binding, Expression source) {
        return new Typed(binding.use(), binding.type(), binding.path(), source);
    }

    /**
     * The context of a name, for messages and suggestions.
     *
     * @param subject what should have the field
     * @param scope present for a bare name: variables and outer items can then be suggested
     */
    private record Place(String subject, Optional<VariableScope> scope) {}

    private Typed step(Typed target, String name, Span span, Expression source, Place place) {
        Optional<Type> found = stepType(target.type(), target, name, span, place);
        if (found.isEmpty()) {
            return Typed.unknown(source);
        }
        Type type = found.get();
        if (target.type() instanceof ListOf) {
            warnOfMissingParentheses(target, name, span);
        }
        Path path = target.path().field(name, target.type(), flattens(target.type(), name));
        Term term = target.type() instanceof MapOf
                ? CallRules.get(target.term(), new Term.Constant(new Scalar.Text(name)))
                : new Term.Field(target.term(), name);
        findings.place(term, type, source.span());
        Term read = Conversions.fromData(term, type);
        if (name.equals(STATUS)) {
            read = membershipStatus(target.term(), read, span);
        }
        return new Typed(read, type, path, source);
    }

    private Optional<Type> stepType(Type type, Typed target, String name, Span span, Place place) {
        return switch (type) {
            case Type.Any any -> Optional.of(Type.ANY);
            case Type.Null none -> Optional.of(Type.ANY);
            case ObjectOf object -> objectField(object, target, name, span, place);
            case MapOf map -> {
                findings.report(
                        FIELD_OF_MAP,
                        place.subject() + " is a map: its values are read with `get(\"" + name + "\")`.",
                        span,
                        Optional.of("get(" + MessageWords.literal(new Scalar.Text(name)) + ")"));
                yield Optional.of(map.value());
            }
            case ListOf list ->
                stepType(list.element(), target, name, span, place)
                        .map(inner -> new ListOf(inner instanceof ListOf nested ? nested.element() : inner, true));
            case Type.Tuple tuple -> {
                findings.report(FIELD_OF_TUPLE, "A tuple of several selected items has no field `" + name + "`.", span);
                yield Optional.empty();
            }
            case Type.GroupsOf groups -> {
                findings.report(
                        UNKNOWN_FIELD,
                        "The groups of `groupBy` have no fields: use `map` to compute something for each group.",
                        span);
                yield Optional.empty();
            }
            case Type.Primitive primitive -> {
                fieldOfValue(primitive, target, name, span, place);
                yield Optional.empty();
            }
        };
    }

    private Optional<Type> objectField(ObjectOf object, Typed target, String name, Span span, Place place) {
        Optional<Type> known = object.field(name);
        if (known.isPresent()) {
            return known;
        }
        Optional<String> meant =
                place.scope().flatMap(here -> fromOuterItem(here, name).or(() -> valueWord(name)));
        if (object.open()) {
            meant.or(() -> Suggestions.slip(name, candidates(object, place.scope())))
                    .ifPresent(similar -> findings.report(
                            UNFAMILIAR_FIELD,
                            place.subject() + " has no known field `" + name
                                    + "`; it counts as missing unless the data contains it.",
                            span,
                            Optional.of(similar)));
            return Optional.of(Type.ANY);
        }
        Optional<String> similar = meant.or(() -> Suggestions.closest(name, candidates(object, place.scope())))
                .or(() -> asCall(name));
        findings.report(UNKNOWN_FIELD, place.subject() + " has no field `" + name + "`.", span, similar);
        return Optional.empty();
    }

    private void fieldOfValue(Type.Primitive type, Typed target, String name, Span span, Place place) {
        if (place.scope().isPresent()) {
            VariableScope scope = place.scope().get();
            Optional<String> similar = fromOuterItem(scope, name)
                    .or(() -> valueWord(name))
                    .or(() -> Suggestions.closest(name, scope.names()))
                    .or(() -> Optional.of("this"));
            findings.report(
                    UNKNOWN_FIELD,
                    "The items of this list have no field `" + name + "`: each is " + MessageWords.type(type) + ".",
                    span,
                    similar);
        } else {
            findings.report(
                    UNKNOWN_FIELD,
                    place.subject() + " has no field `" + name + "`: it is " + MessageWords.type(target.type()) + ".",
                    span,
                    asCall(name));
        }
    }

    private void warnOfMissingParentheses(Typed target, String name, Span span) {
        if (!knows(target.type(), name) && asCall(name).isPresent()) {
            findings.report(
                    UNFAMILIAR_FIELD,
                    "`" + name + "` is a function, but without parentheses it is read as a field of the items.",
                    span,
                    asCall(name));
        }
    }

    private static Optional<String> asCall(String name) {
        return Function.named(name).filter(function -> function.minimum() == 1).map(function -> name + "()");
    }

    private static Set<String> candidates(ObjectOf object, Optional<VariableScope> scope) {
        Set<String> names = new LinkedHashSet<>(object.fields().keySet());
        scope.ifPresent(here -> names.addAll(here.names()));
        return names;
    }

    /** Returns the name with the carets that reach it, when it is a field of an outer item. */
    private static Optional<String> fromOuterItem(VariableScope scope, String name) {
        for (int level = 1; level <= scope.levels(); level++) {
            if (scope.item(level).orElseThrow().type() instanceof ObjectOf outer
                    && outer.field(name).isPresent()) {
                return Optional.of("^".repeat(level) + "." + name);
            }
        }
        return Optional.empty();
    }

    /** Returns the value word that the name spells in mixed case (P10), as in {@code flag = True}. */
    private static Optional<String> valueWord(String name) {
        return VALUE_WORDS.stream().filter(name::equalsIgnoreCase).findFirst();
    }

    private static boolean knows(Type item, String name) {
        return TypeRules.innermost(item) instanceof ObjectOf object
                && object.field(name).isPresent();
    }

    /** Whether the target is a list and the field of its items is one too, so that the path crosses both. */
    private static boolean flattens(Type target, String name) {
        return target instanceof ListOf
                && TypeRules.innermost(target) instanceof ObjectOf object
                && object.field(name).filter(ListOf.class::isInstance).isPresent();
    }

    private static String subject(Typed target) {
        if (target.path().isRoot()) {
            return "The profile";
        }
        String subject = MessageWords.subject(target.source());
        return subject.equals("this") ? "This" : subject;
    }

    // ---- Memberships (P49)

    /** Reads {@code segmentMembership.get("ups").get("id").status} from the audiences evaluated in the same run. */
    private Term membershipStatus(Term target, Term stored, Span span) {
        return key(target)
                .filter(id -> target instanceof Term.Call call
                        && isOwnNamespace(call.arguments().getFirst()))
                .<Term>map(id -> {
                    findings.refer(new AudienceReference(id, false, idSpan(target, span)));
                    return new Term.MembershipStatus(id, stored);
                })
                .orElse(stored);
    }

    private Span idSpan(Term get, Span otherwise) {
        return get instanceof Term.Call call
                ? findings.span(call.arguments().getLast()).orElse(otherwise)
                : otherwise;
    }

    private static boolean isOwnNamespace(Term term) {
        return key(term).filter(OWN_NAMESPACE::equals).isPresent()
                && term instanceof Term.Call call
                && call.arguments().getFirst() instanceof Term.Field field
                && field.name().equals(MEMBERSHIP)
                && field.target() instanceof Term.Input input
                && input.position() == 1;
    }

    /** Returns the literal key of a {@code get}. */
    private static Optional<String> key(Term term) {
        return term instanceof Term.Call call
                        && call.function() == Function.GET
                        && call.arguments().getLast() instanceof Term.Constant constant
                        && constant.value() instanceof Scalar.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }
}

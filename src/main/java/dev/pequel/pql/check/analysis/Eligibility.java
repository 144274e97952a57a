package dev.pequel.pql.check.analysis;

import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.check.analysis.EventReads.Scan;
import dev.pequel.pql.check.analysis.EventReads.Window;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.EvaluationMethods;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Terms;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Determines the evaluation methods that an expression allows (P62). */
public final class Eligibility {

    private static final String AUDIENCE_MANAGER = "AAM";

    /** References of an expression other than to the profile's attributes and events. */
    private enum Trait {
        OTHER_INPUT,
        AUDIENCE_MANAGER,
        AUDIENCE
    }

    private Eligibility() {}

    public static EvaluationMethods of(Term term, EventReads events) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        collect(term, traits);
        if (traits.contains(Trait.OTHER_INPUT)) {
            return batch("It uses another input besides the profile.");
        }
        if (traits.contains(Trait.AUDIENCE_MANAGER)) {
            return batch("It refers to segments or traits of Audience Manager.");
        }
        boolean hasAudiences = traits.contains(Trait.AUDIENCE);
        return events.isEmpty() ? withoutEvents(hasAudiences) : withEvents(term, events.scans(), hasAudiences);
    }

    private static EvaluationMethods withoutEvents(boolean hasAudiences) {
        return new EvaluationMethods(
                true,
                true,
                hasAudiences
                        ? "It refers to other audiences and to profile attributes, but not to events."
                        : "It reads profile attributes only.");
    }

    private static EvaluationMethods withEvents(Term term, List<Scan> scans, boolean hasAudiences) {
        if (scans.stream().anyMatch(scan -> scan.window() == Window.NONE)) {
            return batch("It searches events without a time window; streaming and edge"
                    + " evaluation see only the last 24 hours.");
        }
        if (scans.stream().anyMatch(scan -> scan.window() != Window.DAY)) {
            return batch("It searches events older than 24 hours; streaming and edge"
                    + " evaluation see only the last 24 hours.");
        }
        if (hasAudiences) {
            return batch("It combines events with membership in another audience; the published rules contradict each"
                    + " other on whether that can be streamed.");
        }
        if (isNegation(term)) {
            return batch("It only excludes events; streaming and edge evaluation need an event that occurs.");
        }
        if (scans.size() == 1) {
            return new EvaluationMethods(true, true, "It looks for one kind of event in the last 24 hours.");
        }
        boolean isOneSequence = scans.getFirst().chain().isPresent()
                && scans.stream()
                        .allMatch(scan -> scan.chain().isPresent()
                                && scan.chain().get()
                                        == scans.getFirst().chain().get());
        return isOneSequence
                ? new EvaluationMethods(true, true, "It looks for one sequence of events in the last 24 hours.")
                : new EvaluationMethods(
                        true,
                        false,
                        "It combines several searches of the last 24 hours; edge evaluation supports"
                                + " only one event or one sequence.");
    }

    private static EvaluationMethods batch(String reason) {
        return new EvaluationMethods(false, false, reason);
    }

    /** Whether the whole query only excludes events. */
    private static boolean isNegation(Term term) {
        return switch (term) {
            case Term.Not not -> !EventReads.in(not.operand()).isEmpty();
            case Term.And and -> and.operands().stream().allMatch(Eligibility::isNegation);
            case Term.Or or -> or.operands().stream().allMatch(Eligibility::isNegation);
            default -> false;
        };
    }

    private static void collect(Term term, Set<Trait> traits) {
        trait(term).ifPresent(traits::add);
        for (Term child : Terms.children(term)) {
            collect(child, traits);
        }
    }

    private static Optional<Trait> trait(Term term) {
        return switch (term) {
            case Term.Input input when input.position() > 1 -> Optional.of(Trait.OTHER_INPUT);
            case Term.InSegment segment -> Optional.of(Trait.AUDIENCE);
            case Term.MembershipStatus status -> Optional.of(Trait.AUDIENCE);
            case Term.Call call when isAudienceManager(call) -> Optional.of(Trait.AUDIENCE_MANAGER);
            default -> Optional.empty();
        };
    }

    private static boolean isAudienceManager(Term.Call call) {
        return call.function() == Function.GET
                && call.arguments().getFirst() instanceof Term.Field field
                && field.name().equals(BuiltInSchema.SEGMENT_MEMBERSHIP)
                && call.arguments().getLast() instanceof Term.Constant constant
                && constant.value() instanceof Scalar.Text namespace
                && namespace.value().startsWith(AUDIENCE_MANAGER);
    }
}

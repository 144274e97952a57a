package dev.pequel.pql.type;

import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.type.Events.Scan;
import dev.pequel.pql.type.Events.Window;
import java.util.List;

/** Classifies a segment by the ways in which it may be evaluated (P62). */
final class Eligibility {

    private static final String AUDIENCE_MANAGER = "AAM";

    private Eligibility() {}

    static EvaluationMethods of(Term term, Events events) {
        if (anywhere(term, Eligibility::isOtherInput)) {
            return batch("It uses another input besides the profile.");
        }
        if (anywhere(term, Eligibility::isAudienceManager)) {
            return batch("It refers to segments or traits of Audience Manager.");
        }
        boolean hasAudiences = anywhere(term, t -> t instanceof Term.InSegment || t instanceof Term.MembershipStatus);
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
            return batch("It searches events without a time window; only the last 24 hours can be looked at in"
                    + " streaming and on the edge.");
        }
        if (scans.stream().anyMatch(scan -> scan.window() != Window.DAY)) {
            return batch("It searches events older than 24 hours; only the last 24 hours can be looked at in streaming"
                    + " and on the edge.");
        }
        if (hasAudiences) {
            return batch("It combines events with membership in another audience; the published rules contradict each"
                    + " other on whether that can be streamed.");
        }
        if (isNegation(term)) {
            return batch("It only excludes events; streaming and the edge need something that does happen.");
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
                        "It combines several looks at the last 24 hours; the edge takes one event or one sequence.");
    }

    private static EvaluationMethods batch(String reason) {
        return new EvaluationMethods(false, false, reason);
    }

    /** Whether the whole query says only what must not have happened. */
    private static boolean isNegation(Term term) {
        return switch (term) {
            case Term.Not not -> !Events.in(not.operand()).isEmpty();
            case Term.And and -> and.operands().stream().allMatch(Eligibility::isNegation);
            case Term.Or or -> or.operands().stream().allMatch(Eligibility::isNegation);
            default -> false;
        };
    }

    private static boolean isOtherInput(Term term) {
        return term instanceof Term.Input input && input.position() > 1;
    }

    private static boolean isAudienceManager(Term term) {
        return term instanceof Term.Call call
                && call.function() == Function.GET
                && call.arguments().getFirst() instanceof Term.Field field
                && field.name().equals(BuiltInSchema.SEGMENT_MEMBERSHIP)
                && call.arguments().getLast() instanceof Term.Constant constant
                && constant.value() instanceof Scalar.Text namespace
                && namespace.value().startsWith(AUDIENCE_MANAGER);
    }

    private static boolean anywhere(Term term, java.util.function.Predicate<Term> wanted) {
        if (wanted.test(term)) {
            return true;
        }
        for (Term child : Terms.children(term)) {
            if (anywhere(child, wanted)) {
                return true;
            }
        }
        return false;
    }
}

package dev.pequel.expression;

import dev.pequel.http.request.RequestText;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.term.AudienceReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rule that the audiences to which an expression refers exist, the same wherever expressions are taken. */
public final class ReferencedAudiences {

    private ReferencedAudiences() {}

    /** The ids that the references name, in their order; what is no id is left out. */
    public static Set<UUID> ids(List<AudienceReference> references) {
        return references.stream()
                .flatMap(reference -> RequestText.id(reference.audienceId()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * An error for each place that refers to an audience which must exist and does not.
     *
     * @param existing those of the ids that exist in the sandbox
     */
    public static List<Diagnostic> unknown(List<AudienceReference> references, Set<UUID> existing) {
        return unknown(references, existing, "in this sandbox");
    }

    /** The same of audiences that are looked for elsewhere, such as {@code in this sandbox}. */
    public static List<Diagnostic> unknown(List<AudienceReference> references, Set<UUID> existing, String where) {
        return references.stream()
                .filter(AudienceReference::required)
                .filter(reference -> RequestText.id(reference.audienceId())
                        .filter(existing::contains)
                        .isEmpty())
                .map(reference -> Diagnostic.of(
                        DiagnosticCode.UNKNOWN_AUDIENCE,
                        "There is no audience with the id `" + reference.audienceId() + "` " + where + ".",
                        reference.span()))
                .toList();
    }
}

package dev.pequel.audience.store;

import dev.pequel.audience.content.CheckedDefinition;
import dev.pequel.http.request.Preconditions;
import dev.pequel.segmentation.store.CountResult;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An audience in the JSON of the API. The two kinds of the contract have different properties, and another order of
 * those that they share.
 */
@Schema(name = "Audience", description = "A segment definition or an external audience.")
public sealed interface AudienceDocument permits SegmentDefinitionDocument, ExternalAudienceDocument {

    String id();

    /** Returns the entity tag of the version as in HTTP, with quotes. */
    String etag();

    /** Returns the ids of the audiences whose expressions refer to this one, oldest first. */
    List<String> dependentIds();

    /** Returns the entity tag of this document as in HTTP. It also changes with the dependents. */
    default String entityTag() {
        return Preconditions.entityTag(etag(), dependentIds());
    }

    static AudienceDocument of(StoredAudience stored) {
        return withMetrics(stored, Optional.empty());
    }

    /** @param metrics the audience's metrics, if the request asks for them */
    static AudienceDocument withMetrics(StoredAudience stored, Optional<CountResult> metrics) {
        return stored.audience().definition == null
                ? ExternalAudienceDocument.of(stored, metrics)
                : SegmentDefinitionDocument.of(stored, metrics, Optional.empty());
    }

    /** @param checked the result of the check that preceded a change; its warnings are added, if any */
    static AudienceDocument withWarnings(StoredAudience stored, CheckedDefinition checked) {
        return checked.warnings().isEmpty()
                ? of(stored)
                : SegmentDefinitionDocument.of(stored, Optional.empty(), Optional.of(checked.warningsJson()));
    }
}

package dev.pequel.segmentation.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.SandboxDocument;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The metrics of an audience in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Metrics", description = "Exact numbers of the audience's present expression.")
public record MetricsDocument(
        @Schema(enumeration = "batch_segmentation") String type,

        @Schema(description = "The segment job that counted, or a random id outside of jobs.")
        String jobId,

        @Schema(description = "The audience.") String id,
        String imsOrgId,
        SandboxDocument sandbox,
        Numbers data,

        @Schema(description = "When the audience was created, in seconds since 1970.")
        long createEpoch,

        @Schema(description = "When the members were counted, in seconds since 1970.")
        long updateEpoch) {

    /** Numbers of members. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "MetricsNumbers")
    public record Numbers(
            @Schema(description = "Number of members.") long totalProfiles,

            @Schema(description = "For each namespace the number of members with an identity in it, if there are any.")
            Map<String, Long> totalProfilesByNamespace,

            @Schema(
                    description = "`realized` is the number of members; `exited` that of profiles that left with the"
                            + " last evaluation.")
            Map<String, Long> totalProfilesByStatus) {}

    public static MetricsDocument of(Metrics metrics, Sandbox sandbox) {
        return new MetricsDocument(
                "batch_segmentation",
                metrics.jobId().toString(),
                metrics.id().toString(),
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                new Numbers(metrics.totalProfiles(), metrics.byNamespace(), metrics.byStatus()),
                metrics.createdAt().getEpochSecond(),
                metrics.updatedAt().getEpochSecond());
    }
}

package dev.pequel.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.SandboxDocument;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An audit event in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "AuditEvent")
record AuditEventDocument(
        @Schema(examples = "3d0a9c4e-52c1-4d7f-8a0e-6a4a5c0b9a55")
        String id,

        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,

        @Schema(
                enumeration = {"created", "changed", "deleted"},
                examples = "changed")
        String action,

        @Schema(enumeration = {"audience", "schema", "profile", "schedule", "export"})
        String subject,

        @Schema(
                description = "Present if and only if the subject is an audience.",
                examples = "{\"id\": \"60ccea95-1435-4180-97a5-58af4aa285ab\", \"name\": \"Big spenders\"}")
        Optional<AuditedAudience> audience,

        @Schema(description = "The caller, as in `createdBy`.", examples = "anonymous")
        String caller,

        @Schema(
                description = "The id of the request, as in its header `x-request-id` and in the log.",
                examples = "0f1c9a52-7f0e-4a4e-9f52-0c5e1a3c7d15")
        String requestId,

        @Schema(format = "date-time", examples = "2026-08-28T10:00:00.123Z")
        String time,

        @JsonRawValue
        @Schema(
                description =
                        "Each property that differs. It has no `before` where there was none, and no `after` where there"
                                + " is none.",
                implementation = PropertyChange[].class)
        String changes) {

    /** The audience of an event. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "AuditedAudience")
    record AuditedAudience(
            String id,

            @Schema(description = "The state after the change.")
            String name) {}

    static AuditEventDocument of(AuditEvent event, Sandbox sandbox) {
        return new AuditEventDocument(
                event.id.toString(),
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                event.action.word(),
                event.subject.word(),
                Optional.ofNullable(event.audienceId)
                        .map(audience -> new AuditedAudience(audience.toString(), event.audienceName)),
                event.caller,
                event.requestId,
                event.occurredAt.toString(),
                event.changes);
    }
}

package dev.pequel.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.JobEntity;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A requested export of profiles. A request creates the job, and may cancel or remove it; all other changes are made by
 * {@link ExportJobQueue}. Updates therefore write only the columns that changed. Only a job that has succeeded has
 * files.
 */
@Entity
@DynamicUpdate
class ExportJob extends JobEntity {

    long jobNumber;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ObjectNode request;

    long profilesRead;

    long profilesExpected;

    long profilesExported;

    long eventsExported;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode files;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode errors;

    boolean hasFiles;

    boolean removed;

    Instant exportStartedAt;

    Instant exportEndedAt;

    protected ExportJob() {}

    /** Creates a job that is not stored yet. */
    ExportJob(Sandbox sandbox, long number, String requestId, ExportRequest request, Instant now) {
        super(sandbox.id(), requestId, now);
        jobNumber = number;
        this.request = request.json(sandbox.defaultMergePolicyId());
        files = JsonNodeFactory.instance.arrayNode();
        errors = JsonNodeFactory.instance.arrayNode();
    }

    /** Hides a job that has ended from clients, until its files and its row are deleted. */
    void remove(Instant now) {
        removed = true;
        updatedAt = now;
    }

    /** The id in the API. */
    long number() {
        return jobNumber;
    }

    /** The request with its defaults, as the API returns it. */
    ObjectNode requestJson() {
        return request;
    }

    ExportRequest request() {
        return ExportRequest.read(request, ExportRequest.Limits.NONE);
    }

    /** Number of profiles that were processed. */
    long profilesRead() {
        return profilesRead;
    }

    /** Number of profiles to process; 0 if not known yet. */
    long profilesExpected() {
        return profilesExpected;
    }

    /** Number of profiles in the files. */
    long profilesExported() {
        return profilesExported;
    }

    /** Number of events in the files. */
    long eventsExported() {
        return eventsExported;
    }

    /** The files of a job that has succeeded. */
    List<ExportedFile> files() {
        return StreamSupport.stream(files.spliterator(), false)
                .<ExportedFile>map(ExportedFile::of)
                .toList();
    }

    /** Why the job failed, as {@code {"code", "msg"}}. */
    ArrayNode errors() {
        return errors;
    }

    /** Whether the job is hidden from clients. */
    boolean isRemoved() {
        return removed;
    }

    Optional<Instant> exportStartedAt() {
        return Optional.ofNullable(exportStartedAt);
    }

    Optional<Instant> exportEndedAt() {
        return Optional.ofNullable(exportEndedAt);
    }
}

package dev.pequel.preview;

import dev.pequel.database.SandboxedEntity;
import dev.pequel.profile.Bitmaps;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.roaringbitmap.RoaringBitmap;

/** The answer to a preview, computed when the preview is created. */
@Entity
class Preview extends SandboxedEntity {

    @Id
    UUID id;

    /** Counts the previews of the sandbox. */
    int executionId;

    Instant createdAt;

    int totalRows;

    /** A Roaring bitmap of ordinals in its portable format. */
    byte[] members;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Integer> membersByNamespace;

    protected Preview() {}

    Preview(
            Sandbox sandbox,
            int executionId,
            Instant createdAt,
            int totalRows,
            RoaringBitmap members,
            SortedMap<String, Integer> membersByNamespace) {
        id = UUID.randomUUID();
        sandboxId = sandbox.id();
        this.executionId = executionId;
        this.createdAt = createdAt;
        this.totalRows = totalRows;
        this.members = Bitmaps.write(members);
        this.membersByNamespace = membersByNamespace;
    }

    PreviewId id() {
        return new PreviewId(id, executionId);
    }

    /** The number of profiles that were evaluated. */
    int totalRows() {
        return totalRows;
    }

    /** Ordinals of the profiles for which the expression holds. */
    RoaringBitmap members() {
        return Bitmaps.read(members);
    }

    /** The number of members with an identity of each namespace. */
    SortedMap<String, Integer> membersByNamespace() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(membersByNamespace));
    }
}

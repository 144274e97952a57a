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

/** A preview in the database: the profiles that an expression selected when the preview was created. */
@Entity
class Preview extends SandboxedEntity {

    @Id
    UUID id;

    /** A number that increases with each preview of the sandbox. */
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

    /** Returns the number of evaluated profiles. */
    int totalRows() {
        return totalRows;
    }

    /** Returns the ordinals of the profiles for which the expression is true. */
    RoaringBitmap members() {
        return Bitmaps.read(members);
    }

    /** Returns the number of members with an identity in each namespace. */
    SortedMap<String, Integer> membersByNamespace() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(membersByNamespace));
    }
}

package dev.pequel.preview;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.tenant.Sandbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Stores the previews of the visible sandbox in the database. */
@ApplicationScoped
class PreviewRepository implements PanacheRepositoryBase<Preview, UUID> {

    private final Database database;
    private final SandboxScope rows;
    private final PreviewSettings settings;

    PreviewRepository(Database database, SandboxScope rows, PreviewSettings settings) {
        this.database = database;
        this.rows = rows;
        this.settings = settings;
    }

    /** Removes the previews of all sandboxes that were created before a time. */
    void removeBefore(Instant oldest) {
        rows.ofAllSandboxes(() -> database.call(
                connection -> Sql.update(connection, "delete from preview where created_at < ?", oldest)));
    }

    /** Stores a preview, and removes the oldest one of the sandbox if there are too many. */
    @Transactional
    Preview add(
            Sandbox sandbox,
            int totalRows,
            RoaringBitmap members,
            SortedMap<String, Integer> membersByNamespace,
            Instant now) {
        int newest = newestExecution(0).orElse(0);
        Preview preview = new Preview(sandbox, newest + 1, now, totalRows, members, membersByNamespace);
        persistAndFlush(preview);
        newestExecution(settings.perSandbox())
                .ifPresent(surplus -> delete("sandboxId = ?1 and executionId <= ?2", sandbox.id(), surplus));
        return preview;
    }

    /** Returns the number of the preview that has {@code newer} newer previews; empty if there are not that many. */
    private Optional<Integer> newestExecution(int newer) {
        return getEntityManager()
                .createQuery("select executionId from Preview order by executionId desc", Integer.class)
                .setFirstResult(newer)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    Optional<Preview> find(PreviewId id, Instant oldest) {
        return find("id = ?1 and executionId = ?2 and createdAt >= ?3", id.query(), id.execution(), oldest)
                .firstResultOptional();
    }

    /** Removes a preview, and returns whether it existed. */
    @Transactional
    boolean remove(PreviewId id, Instant oldest) {
        Optional<Preview> found = find(id, oldest);
        found.ifPresent(this::delete);
        return found.isPresent();
    }
}

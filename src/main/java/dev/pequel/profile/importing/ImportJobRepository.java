package dev.pequel.profile.importing;

import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.ImportJob.Source;
import dev.pequel.profile.importing.ImportJob.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the imports in the sandbox scope for requests. */
@ApplicationScoped
class ImportJobRepository implements PanacheRepositoryBase<ImportJob, UUID> {

    Optional<ImportJob> find(Content content, UUID id) {
        return find("content = ?1 and id = ?2", content, id).firstResultOptional();
    }

    /** A page of imports, the newest first. */
    List<ImportJob> newestFirst(Content content, int limit, long offset) {
        // No table has as many rows as a larger offset would skip.
        int first = (int) Math.min(offset, Integer.MAX_VALUE - limit);
        return find("content = ?1 order by createdAt desc, id", content)
                .range(first, first + limit - 1)
                .list();
    }

    /** The number of imports on all pages. */
    long count(Content content) {
        return count("content", content);
    }

    /** Whether an import from this source has ever succeeded. */
    @Transactional
    boolean succeeded(Content content, Source source) {
        return count("content = ?1 and source = ?2 and status = ?3", content, source, Status.SUCCEEDED) > 0;
    }
}

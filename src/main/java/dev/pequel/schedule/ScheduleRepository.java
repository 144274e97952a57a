package dev.pequel.schedule;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and stores the schedules in the sandbox scope. */
@ApplicationScoped
class ScheduleRepository implements PanacheRepositoryBase<Schedule, UUID> {

    /** A page of schedules, the oldest first. */
    List<Schedule> page(int start, int limit) {
        // No table has as many rows as a larger offset would skip.
        int first = (int) Math.min((long) start * limit, Integer.MAX_VALUE - limit);
        return findAll(Sort.by("createdAt", "id"))
                .range(first, first + limit - 1)
                .list();
    }

    /** Reads a schedule and locks it, so that no other transaction changes it before the current one ends. */
    Optional<Schedule> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }
}

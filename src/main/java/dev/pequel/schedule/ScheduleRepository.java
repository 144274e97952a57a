package dev.pequel.schedule;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The schedules of the visible sandbox. */
@ApplicationScoped
class ScheduleRepository implements PanacheRepositoryBase<Schedule, UUID> {

    /** One page, the oldest schedule first. */
    List<Schedule> page(int start, int limit) {
        // No table has as many rows as a larger offset would skip.
        int first = (int) Math.min((long) start * limit, Integer.MAX_VALUE - limit);
        return findAll(Sort.by("createdAt", "id"))
                .range(first, first + limit - 1)
                .list();
    }

    /** The schedule, which no other transaction changes until the current one ends. */
    Optional<Schedule> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }
}

package dev.pequel.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds audit events of the visible sandbox. */
@ApplicationScoped
class AuditEventRepository implements PanacheRepositoryBase<AuditEvent, UUID> {

    /**
     * Returns the matching events, newest first.
     *
     * @param start the first event of the page; empty for the newest
     * @param limit the maximum number of events
     */
    List<AuditEvent> list(AuditQuery query, Optional<AuditEvent> start, int limit) {
        CriteriaBuilder builder = getEntityManager().getCriteriaBuilder();
        CriteriaQuery<AuditEvent> selection = builder.createQuery(AuditEvent.class);
        Root<AuditEvent> event = selection.from(AuditEvent.class);
        List<Predicate> conditions = conditions(query, builder, event);
        start.ifPresent(first -> conditions.add(builder.le(event.<Long>get("sequence"), first.sequence)));
        selection.where(conditions).orderBy(builder.desc(event.get("sequence")));
        return getEntityManager().createQuery(selection).setMaxResults(limit).getResultList();
    }

    /** Returns the number of matching events on all pages. */
    long count(AuditQuery query) {
        CriteriaBuilder builder = getEntityManager().getCriteriaBuilder();
        CriteriaQuery<Long> counting = builder.createQuery(Long.class);
        Root<AuditEvent> event = counting.from(AuditEvent.class);
        counting.select(builder.count(event)).where(conditions(query, builder, event));
        return getEntityManager().createQuery(counting).getSingleResult();
    }

    private static List<Predicate> conditions(AuditQuery query, CriteriaBuilder builder, Root<AuditEvent> event) {
        List<Predicate> conditions = new ArrayList<>();
        query.subject().ifPresent(subject -> {
            // The indexes distinguish audiences from other subjects by the audience's id.
            if (subject == AuditSubject.AUDIENCE) {
                conditions.add(builder.isNotNull(event.get("audienceId")));
            } else {
                conditions.add(builder.isNull(event.get("audienceId")));
                conditions.add(builder.equal(event.get("subject"), subject));
            }
        });
        query.audience().ifPresent(audience -> conditions.add(builder.equal(event.get("audienceId"), audience)));
        query.action().ifPresent(action -> conditions.add(builder.equal(event.get("action"), action)));
        query.caller().ifPresent(caller -> conditions.add(builder.equal(event.get("caller"), caller)));
        query.from()
                .ifPresent(
                        from -> conditions.add(builder.greaterThanOrEqualTo(event.<Instant>get("occurredAt"), from)));
        query.to().ifPresent(to -> conditions.add(builder.lessThan(event.<Instant>get("occurredAt"), to)));
        return conditions;
    }
}

package dev.pequel.audience;

import dev.pequel.tenant.Sandbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.jdbc.Work;
import org.hibernate.jpa.HibernateHints;

/** Audiences in the database. Archived ones are not found by anything here. */
@ApplicationScoped
class AudienceRepository implements PanacheRepositoryBase<Audience, UUID> {

    private static final String DEPENDENTS = """
            (select array_agg(d.dependent) within group (order by d.sequence) from AudienceDependency d
             where d.sandbox = a.sandbox and d.dependency = a.id)\
            """;
    private static final String SELECT = "select a, " + DEPENDENTS + " from Audience a ";
    private static final String PRESENT = "where a.sandbox = :sandbox and a.archivedAt is null";
    private static final String ORDER = " order by ";
    private static final String NEWEST_FIRST = "a.creationTime desc, a.sequence desc";

    /** One audience, in one statement. */
    Optional<StoredAudience> find(Sandbox sandbox, UUID id) {
        return reading(SELECT + PRESENT + " and a.id = :id")
                .setParameter("sandbox", sandbox)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    /** Those of the audiences that exist. */
    List<StoredAudience> find(Sandbox sandbox, Collection<UUID> ids) {
        return reading(SELECT + PRESENT + " and a.id in (:ids)")
                .setParameter("sandbox", sandbox)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** The audience, which nobody else can change until the transaction ends. */
    Optional<StoredAudience> lock(Sandbox sandbox, UUID id) {
        return getEntityManager()
                .createQuery(SELECT + PRESENT + " and a.id = :id", StoredAudience.class)
                .setParameter("sandbox", sandbox)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** All audiences of the sandbox, newest first. */
    List<Audience> list(Sandbox sandbox) {
        return getEntityManager()
                .createQuery("from Audience a " + PRESENT + ORDER + NEWEST_FIRST, Audience.class)
                .setHint(HibernateHints.HINT_READ_ONLY, true)
                .setParameter("sandbox", sandbox)
                .getResultList();
    }

    /** All audiences that match, on whatever page they are. */
    List<Audience> listAll(Sandbox sandbox, AudienceQuery query) {
        TypedQuery<Audience> reading = getEntityManager()
                .createQuery("from Audience a " + where(query) + order(query), Audience.class)
                .setHint(HibernateHints.HINT_READ_ONLY, true)
                .setParameter("sandbox", sandbox);
        bind(reading, query);
        return reading.getResultList();
    }

    /** One page of the audiences that match. */
    List<StoredAudience> list(Sandbox sandbox, AudienceQuery query) {
        TypedQuery<StoredAudience> reading =
                reading(SELECT + where(query) + order(query)).setParameter("sandbox", sandbox);
        bind(reading, query);
        query.limit().ifPresent(limit -> {
            long first = (long) query.start() * limit;
            // No table has as many rows as an offset beyond this would skip.
            reading.setFirstResult((int) Math.min(first, Integer.MAX_VALUE)).setMaxResults(limit);
        });
        return reading.getResultList();
    }

    /** How many audiences the sandbox has. */
    long count(Sandbox sandbox) {
        return getEntityManager()
                .createQuery("select count(*) from Audience a " + PRESENT, Long.class)
                .setParameter("sandbox", sandbox)
                .getSingleResult();
    }

    /** How many audiences match, on all pages together. */
    long count(Sandbox sandbox, AudienceQuery query) {
        TypedQuery<Long> counting = getEntityManager()
                .createQuery("select count(*) from Audience a " + where(query), Long.class)
                .setParameter("sandbox", sandbox);
        bind(counting, query);
        return counting.getSingleResult();
    }

    /** Waits until nobody else changes references in the sandbox, and keeps others waiting until the transaction ends. */
    void lockReferences(Sandbox sandbox) {
        // The weakest lock that excludes itself: creating audiences, which only need the row to stay, goes on.
        getEntityManager()
                .createNativeQuery("select id from sandbox where id = :id for no key update")
                .setParameter("id", sandbox.id())
                .getSingleResult();
    }

    /** Those of the audiences that exist, with the audiences that each refers to. */
    Map<UUID, UUID[]> dependencies(Sandbox sandbox, Collection<UUID> ids) {
        return getEntityManager()
                .createQuery(
                        "select a.id, a.dependencies from Audience a " + PRESENT + " and a.id in (:ids)", Tuple.class)
                .setParameter("sandbox", sandbox)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get(0, UUID.class), row -> row.get(1, UUID[].class)));
    }

    /** The audiences that refer to an audience, oldest first. */
    List<Audience> dependents(Sandbox sandbox, UUID id) {
        return getEntityManager()
                .createQuery(
                        "from Audience a " + PRESENT
                                + " and a.id in (select d.dependent from AudienceDependency d"
                                + " where d.sandbox = :sandbox and d.dependency = :id) order by a.sequence",
                        Audience.class)
                .setHint(HibernateHints.HINT_READ_ONLY, true)
                .setParameter("sandbox", sandbox)
                .setParameter("id", id)
                .getResultList();
    }

    /** Plain JDBC in the transaction that audiences are changed in. */
    void inTransaction(Work work) {
        getEntityManager().unwrap(Session.class).doWork(work);
    }

    private TypedQuery<StoredAudience> reading(String hql) {
        return getEntityManager().createQuery(hql, StoredAudience.class).setHint(HibernateHints.HINT_READ_ONLY, true);
    }

    private static String where(AudienceQuery query) {
        return PRESENT
                + query.conditions().stream()
                        .map(filter -> " and " + filter.condition())
                        .collect(Collectors.joining());
    }

    /** The order asked for, then the newest first, which is an order without ties. */
    private static String order(AudienceQuery query) {
        return ORDER
                + query.sort()
                        .filter(sort -> sort.attribute().kind() != Attribute.Kind.TOTAL)
                        .map(sort ->
                                sort.attribute().column() + (sort.descending() ? " desc" : " asc") + " nulls last, ")
                        .orElse("")
                + NEWEST_FIRST;
    }

    private static void bind(TypedQuery<?> query, AudienceQuery audiences) {
        for (AudienceFilter.Stored filter : audiences.conditions()) {
            filter.parameters().forEach(query::setParameter);
        }
    }
}

package dev.pequel.audience.store;

import dev.pequel.audience.store.AudienceFilter.Rows;
import dev.pequel.database.PageTotal;
import dev.pequel.tenant.Sandbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** Finds audiences of the visible sandbox in the database. Archived audiences are never found. */
@ApplicationScoped
public class AudienceRepository implements PanacheRepositoryBase<Audience, UUID> {

    /** Maximum number of ids in a statement. Each id is a parameter, of which PostgreSQL allows 65,535. */
    private static final int IDS_AT_A_TIME = 10_000;

    private static final String NEWEST_FIRST = "order by creationTime desc, sequence desc";

    /** A page, and the number of matching audiences on all pages. */
    public record Page(List<StoredAudience> audiences, long total) {}

    public Optional<StoredAudience> find(Sandbox sandbox, UUID id) {
        return findByIdOptional(id).map(audience -> stored(sandbox, audience));
    }

    /** Whether the sandbox has an audience with the id, archived ones included. */
    public boolean wasEverStored(Sandbox sandbox, UUID id) {
        return !getEntityManager()
                .createNativeQuery("select 1 from audience where sandbox_id = ?1 and id = ?2", Integer.class)
                .setParameter(1, sandbox.id())
                .setParameter(2, id)
                .getResultList()
                .isEmpty();
    }

    /** Those of the audiences that exist. */
    public List<StoredAudience> find(Sandbox sandbox, Collection<UUID> ids) {
        return stored(sandbox, some(ids));
    }

    /** Finds an audience and locks it until the current transaction ends. */
    public Optional<StoredAudience> lock(Sandbox sandbox, UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).map(audience -> stored(sandbox, audience));
    }

    /** Those of the audiences that exist. */
    List<Audience> some(Collection<UUID> ids) {
        return inTurn(List.copyOf(ids), some -> list("id in ?1", some)).toList();
    }

    /** Runs a query for batches of ids that fit into a statement. */
    private static Stream<Audience> inTurn(List<UUID> ids, Function<List<UUID>, List<Audience>> query) {
        return IntStream.iterate(0, from -> from < ids.size(), from -> from + IDS_AT_A_TIME)
                .mapToObj(from -> ids.subList(from, Math.min(from + IDS_AT_A_TIME, ids.size())))
                .flatMap(some -> query.apply(some).stream());
    }

    /** All audiences of the sandbox, the newest first. */
    List<Audience> newestFirst() {
        return list(NEWEST_FIRST);
    }

    /** Returns one page of the matching audiences. */
    public Page page(Sandbox sandbox, AudienceQuery query) {
        int limit = query.limit().orElseThrow();
        // No table has more rows than this.
        int first = (int) Math.min(query.first(), Integer.MAX_VALUE);
        List<Audience> page = matching(sandbox, query)
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultList();
        long total = PageTotal.of(query.first(), limit, page.size(), () -> count(sandbox, query));
        return new Page(stored(sandbox, page), total);
    }

    /** Returns the matching audiences of all pages. */
    public List<Audience> listAll(Sandbox sandbox, AudienceQuery query) {
        return matching(sandbox, query).getResultList();
    }

    /** Returns the audiences that refer to an audience directly, oldest first. */
    List<Audience> dependents(UUID id) {
        return list("select a from Audience a join a.dependencies d where d.dependencyId = ?1 order by a.sequence", id);
    }

    /** Returns audiences together with their direct and indirect dependents. */
    Collection<Audience> withDependents(Collection<UUID> ids) {
        Map<UUID, Audience> all = new LinkedHashMap<>();
        List<Audience> level = some(ids);
        while (!level.isEmpty()) {
            level.forEach(audience -> all.put(audience.id, audience));
            List<UUID> reached = level.stream().map(audience -> audience.id).toList();
            level = inTurn(
                            reached,
                            some -> list(
                                    "select distinct a from Audience a join a.dependencies d where d.dependencyId in ?1",
                                    some))
                    .filter(audience -> !all.containsKey(audience.id))
                    .distinct()
                    .toList();
        }
        return all.values();
    }

    private TypedQuery<Audience> matching(Sandbox sandbox, AudienceQuery query) {
        CriteriaQuery<Audience> selection = builder().createQuery(Audience.class);
        Root<Audience> audience = selection.from(Audience.class);
        selection
                .where(conditions(query, new Rows(builder(), selection, audience, sandbox)))
                .orderBy(order(query, audience));
        return getEntityManager().createQuery(selection);
    }

    private long count(Sandbox sandbox, AudienceQuery query) {
        CriteriaQuery<Long> counting = builder().createQuery(Long.class);
        Root<Audience> audience = counting.from(Audience.class);
        counting.select(builder().count(audience))
                .where(conditions(query, new Rows(builder(), counting, audience, sandbox)));
        return getEntityManager().createQuery(counting).getSingleResult();
    }

    private static List<Predicate> conditions(AudienceQuery query, Rows rows) {
        return query.conditions().stream()
                .map(condition -> condition.predicates().in(rows))
                .toList();
    }

    /** Returns the requested sort keys, followed by newest first, so that the order is total. */
    private List<Order> order(AudienceQuery query, Root<Audience> audience) {
        List<Order> order = new ArrayList<>();
        for (AudienceQuery.Sort sort : query.sort()) {
            sort.field().order(builder(), audience, sort.descending()).ifPresent(order::add);
        }
        order.add(builder().desc(audience.get("creationTime")));
        order.add(builder().desc(audience.get("sequence")));
        return order;
    }

    private StoredAudience stored(Sandbox sandbox, Audience audience) {
        return stored(sandbox, List.of(audience)).getFirst();
    }

    /** Reads the dependents of all audiences in one statement. */
    private List<StoredAudience> stored(Sandbox sandbox, List<Audience> audiences) {
        Map<UUID, List<UUID>> dependents = new HashMap<>();
        if (!audiences.isEmpty()) {
            getEntityManager()
                    .createQuery("""
                            select d.dependencyId, a.id from Audience a join a.dependencies d
                            where d.dependencyId in :ids order by a.sequence
                            """, Tuple.class)
                    .setParameter(
                            "ids",
                            audiences.stream().map(audience -> audience.id).toList())
                    .getResultList()
                    .forEach(row -> dependents
                            .computeIfAbsent(row.get(0, UUID.class), id -> new ArrayList<>())
                            .add(row.get(1, UUID.class)));
        }
        return audiences.stream()
                .map(audience -> new StoredAudience(audience, sandbox, dependents.getOrDefault(audience.id, List.of())))
                .toList();
    }

    private HibernateCriteriaBuilder builder() {
        return getEntityManager().unwrap(Session.class).getCriteriaBuilder();
    }
}

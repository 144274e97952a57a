package dev.pequel.profile.store;

import dev.pequel.database.Sql;
import dev.pequel.profile.Identity;
import dev.pequel.profile.ProfileId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes the table {@code profile_identity}, which maps identities to profiles.
 *
 * <p>The ids of a namespace are looked up as one array, in one pass over the index. This takes a quarter of the time of
 * single lookups. During an import, {@link StoreTransaction} prevents a sequential scan, because the planner then takes
 * the sandbox for empty.
 */
public final class IdentityIndex {

    private final Connection connection;
    private final int sandbox;

    public IdentityIndex(Connection connection, int sandbox) {
        this.connection = connection;
        this.sandbox = sandbox;
    }

    /** The ordinals of the profiles with these identities. Identities that no profile has are left out. */
    public Map<Identity, Integer> owners(Collection<Identity> identities) throws SQLException {
        Map<String, List<String>> idsByNamespace = new HashMap<>();
        identities.forEach(identity -> idsByNamespace
                .computeIfAbsent(identity.namespaceKey(), namespace -> new ArrayList<>())
                .add(identity.id()));
        Map<Identity, Integer> owners = HashMap.newHashMap(identities.size());
        for (Map.Entry<String, List<String>> entry : idsByNamespace.entrySet()) {
            String namespace = entry.getKey();
            Sql.each(
                    connection,
                    "select id, ordinal from profile_identity where sandbox_id = ? and namespace = ? and id = any (?)",
                    row -> owners.put(new Identity(namespace, row.getString(1)), row.getInt(2)),
                    sandbox,
                    namespace,
                    entry.getValue().toArray(String[]::new));
        }
        return owners;
    }

    /** The identities of the profiles, from their documents. */
    public Map<Integer, Set<Identity>> identitiesOf(Collection<Integer> ordinals) throws SQLException {
        Map<Integer, Set<Identity>> identities = HashMap.newHashMap(ordinals.size());
        Sql.each(
                connection,
                """
                select p.ordinal, n.namespace, e.identity ->> 'id'
                from profile p,
                    jsonb_each(p.attributes -> 'identityMap') as n (namespace, list),
                    jsonb_array_elements(n.list) as e (identity)
                where p.id = any (?)
                """,
                row -> identities
                        .computeIfAbsent(row.getInt(1), ordinal -> new HashSet<>())
                        .add(new Identity(row.getString(2), row.getString(3))),
                (Object) ordinals.stream()
                        .map(ordinal -> ProfileId.of(sandbox, ordinal))
                        .toArray(Long[]::new));
        return identities;
    }

    public void remove(Collection<Identity> identities) throws SQLException {
        if (identities.isEmpty()) {
            return;
        }
        Keys keys = Keys.of(identities);
        Sql.update(connection, """
                delete from profile_identity where ctid = any (array(
                    select found.ctid
                    from unnest(?::text[], ?::text[]) as k (namespace, id),
                        lateral (
                            select i.ctid from profile_identity i
                            where i.sandbox_id = ? and i.namespace = k.namespace and i.id = k.id
                            limit 1) as found))
                """, keys.namespaces(), keys.ids(), sandbox);
    }

    /**
     * Adds identities that no profile has yet.
     *
     * @param ordered the identities in their natural order, so that neighbours in the index are written together
     */
    public void add(List<Identity> ordered, Map<Identity, Integer> owners) throws SQLException {
        if (ordered.isEmpty()) {
            return;
        }
        try (BinaryCopy copy = new BinaryCopy(connection, "profile_identity (sandbox_id, namespace, id, ordinal)")) {
            for (Identity identity : ordered) {
                copy.row(4)
                        .integer(sandbox)
                        .text(identity.namespaceKey())
                        .text(identity.id())
                        .integer(owners.get(identity));
            }
            copy.finish();
        }
    }

    /** Identities as two parallel arrays, for {@code unnest}. */
    private record Keys(String[] namespaces, String[] ids) {
        static Keys of(Collection<Identity> identities) {
            return new Keys(
                    identities.stream().map(Identity::namespaceKey).toArray(String[]::new),
                    identities.stream().map(Identity::id).toArray(String[]::new));
        }
    }
}

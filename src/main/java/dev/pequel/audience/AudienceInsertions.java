package dev.pequel.audience;

import dev.pequel.database.Coalescer;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.Sql.Change;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores new segment definitions that refer to no others. Those that are created at the same time are one transaction: for the
 * database, to make one last takes as long as to write it.
 */
@ApplicationScoped
class AudienceInsertions {

    /** Of a sandbox. */
    private static final int TRANSACTIONS_AT_A_TIME = 2;

    private record Statement(Sandbox sandbox, String sql) {}

    private final Database database;
    private final Coalescer<Statement, Change, Boolean> insertions =
            new Coalescer<>(TRANSACTIONS_AT_A_TIME, (statement, all) -> insertAll(all));

    AudienceInsertions(Database database) {
        this.database = database;
    }

    /**
     * Stores one, if its statement does.
     *
     * @param insertion can fail for no reason of its own, as those that are stored with it would fail too
     * @return whether it did
     */
    boolean insert(Sandbox sandbox, Change insertion) {
        return insertions
                .submit(new Statement(sandbox, insertion.sql()), insertion)
                .orElseThrow();
    }

    private Map<Change, Boolean> insertAll(Set<Change> all) {
        List<Change> changes = List.copyOf(all);
        int[] stored = changes.size() == 1
                ? database.call(connection -> new int[] {Sql.update(connection, changes.getFirst())})
                : database.transaction(connection -> Sql.update(connection, changes));
        Map<Change, Boolean> results = HashMap.newHashMap(stored.length);
        for (int i = 0; i < stored.length; i++) {
            results.put(changes.get(i), stored[i] > 0);
        }
        return results;
    }
}

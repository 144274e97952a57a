package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.FilledSandbox;
import dev.pequel.TenantRows;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.metamodel.EntityType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything works where row-level security is switched off. */
@QuarkusTest
@TestProfile(WithoutRowSecurityTest.SwitchedOff.class)
class WithoutRowSecurityTest {

    public static final class SwitchedOff implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pequel.database.row-security",
                    "false",
                    "pequel.database.statement-timeout",
                    "17s",
                    "pequel.sample.enabled",
                    "false");
        }
    }

    @Inject
    Database database;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    @Inject
    EntityManager entities;

    @Test
    void aSandboxIsFilledAsEver() throws SQLException {
        int id = filled();
        Tenant tenant = sandboxes.find(id).orElseThrow().tenant();
        try (Connection connection = TenantRows.connect()) {
            TenantRows.addSeedFile(connection, tenant.organization(), tenant.sandbox());
            for (Map.Entry<String, String> table :
                    TenantRows.columns(connection).entrySet()) {
                String some = "select exists (select from " + table.getKey() + " where " + table.getValue() + " = " + id
                        + ")";
                assertEquals(List.of("t"), TenantRows.texts(connection, some), table.getKey());
            }
        }
    }

    /** Hibernate's filter alone keeps the sandboxes apart here. */
    @Test
    void entitiesOfAnotherSandboxAreNotRead() {
        int mine = filled();
        int other = filled();
        for (EntityType<?> type : entities.getMetamodel().getEntities()) {
            if (type.getJavaType() == Sandbox.class) {
                continue;
            }
            assertTrue(SandboxedEntity.class.isAssignableFrom(type.getJavaType()), type.getName());
            List<?> others = all(other, type.getJavaType());
            assertFalse(others.isEmpty(), type.getName());
            for (Object entity : all(mine, type.getJavaType())) {
                assertEquals(mine, ((SandboxedEntity) entity).sandboxId, type.getName());
            }
            Object key =
                    entities.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(others.getFirst());
            assertNotNull(find(other, type.getJavaType(), key, LockModeType.NONE), type.getName());
            assertNull(find(mine, type.getJavaType(), key, LockModeType.NONE), type.getName());
            assertNull(find(mine, type.getJavaType(), key, LockModeType.PESSIMISTIC_WRITE), type.getName());
        }
    }

    @Test
    void noEntityIsReadWhereNoSandboxIsVisible() {
        for (EntityType<?> type : entities.getMetamodel().getEntities()) {
            if (type.getJavaType() != Sandbox.class) {
                RuntimeException failure = assertThrows(
                        RuntimeException.class,
                        () -> QuarkusTransaction.requiringNew().call(() -> query(type.getJavaType())));
                assertTrue(failure.toString().contains("no single sandbox is visible"), failure::toString);
            }
        }
    }

    private int filled() {
        FilledSandbox filled = FilledSandbox.fresh();
        return sandboxes
                .find(new Tenant(filled.organization(), filled.name()))
                .orElseThrow()
                .id();
    }

    private List<?> all(int sandbox, Class<?> type) {
        return rows.ofSandbox(sandbox, () -> QuarkusTransaction.requiringNew().call(() -> query(type)));
    }

    private <T> List<T> query(Class<T> type) {
        CriteriaQuery<T> query = entities.getCriteriaBuilder().createQuery(type);
        query.from(type);
        return entities.createQuery(query).getResultList();
    }

    private Object find(int sandbox, Class<?> type, Object key, LockModeType lock) {
        return rows.ofSandbox(
                sandbox, () -> QuarkusTransaction.requiringNew().call(() -> entities.find(type, key, lock)));
    }

    @Test
    void statementsAreCutShortAllTheSame() {
        assertEquals(
                "17s",
                database.<String, RuntimeException>call(
                        connection -> Sql.one(connection, "show statement_timeout", row -> row.getString(1))));
    }
}

package dev.pequel.schema;

import dev.pequel.tenant.Sandbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Stored schemas in the database. */
@ApplicationScoped
class SchemaRepository implements PanacheRepositoryBase<StoredSchema, Integer> {

    Optional<StoredSchema> find(Sandbox sandbox) {
        return findByIdOptional(sandbox.id());
    }

    /** The entity tag alone, which is much shorter than the schema. */
    Optional<UUID> etag(Sandbox sandbox) {
        return getEntityManager()
                .createQuery("select etag from StoredSchema where sandbox = :sandbox", UUID.class)
                .setParameter("sandbox", sandbox.id())
                .getResultStream()
                .findFirst();
    }

    /** Lets nobody else change the sandbox's schema until the transaction ends, even if there is none yet. */
    void lock(Sandbox sandbox) {
        getEntityManager()
                .createNativeQuery("select id from sandbox where id = :sandbox for no key update")
                .setParameter("sandbox", sandbox.id())
                .getSingleResult();
    }
}

package dev.pequel.database;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.PartitionKey;

/**
 * An entity whose rows belong to a sandbox. Hibernate adds a condition to every statement: reads, including lookups
 * by key, are restricted to the sandbox that is visible to the current thread, and changes to the sandbox of the row.
 * If no single sandbox is visible, the statement fails. Row-level security enforces the same in PostgreSQL.
 */
@MappedSuperclass
@FilterDef(
        name = SandboxedEntity.OF_VISIBLE_SANDBOX,
        defaultCondition = "sandbox_id = :sandbox",
        parameters = @ParamDef(name = "sandbox", type = Integer.class, resolver = VisibleSandbox.class),
        autoEnabled = true,
        applyToLoadByKey = true)
@Filter(name = SandboxedEntity.OF_VISIBLE_SANDBOX)
public abstract class SandboxedEntity extends PanacheEntityBase {

    static final String OF_VISIBLE_SANDBOX = "ofVisibleSandbox";

    /** The primary key of the row's sandbox, {@code sandbox.id}. */
    @PartitionKey
    @Column(updatable = false)
    public int sandboxId;
}

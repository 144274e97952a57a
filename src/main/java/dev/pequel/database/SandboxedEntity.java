package dev.pequel.database;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.PartitionKey;

/**
 * A row that belongs to one sandbox. Hibernate adds the sandbox that is visible to the current thread to every statement that
 * reads such rows, look-ups by key included, and the row's own sandbox to every statement that changes one. Where no single
 * sandbox is visible, the statement fails. Row-level security checks the same in PostgreSQL.
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

    /** The number of the row's sandbox, {@code sandbox.id}. */
    @PartitionKey
    @Column(updatable = false)
    public int sandboxId;
}

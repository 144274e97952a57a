package dev.pequel.tenant;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A sandbox of an organization and its default merge policy. Rows of sandboxes never change. */
@Entity
@Immutable
public class Sandbox extends PanacheEntityBase {

    static final String DEFAULT_NAME = "prod";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private int id;

    private String organization;

    private String name;

    private UUID publicId;

    private String type;

    private boolean isDefault;

    private UUID defaultMergePolicyId;

    protected Sandbox() {}

    /** Creates a tenant's sandbox that is not stored yet. The sandbox {@code prod} is the organization's default. */
    Sandbox(Tenant tenant, UUID publicId, UUID defaultMergePolicyId) {
        organization = tenant.organization();
        name = tenant.sandbox();
        isDefault = name.equals(DEFAULT_NAME);
        type = isDefault ? "production" : "development";
        this.publicId = publicId;
        this.defaultMergePolicyId = defaultMergePolicyId;
    }

    static Optional<Sandbox> findByTenant(Tenant tenant) {
        return find("organization = ?1 and name = ?2", tenant.organization(), tenant.sandbox())
                .firstResultOptional();
    }

    /** Locks the sandbox until the current transaction ends. */
    public void hold() {
        findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Returns the primary key, which is internal to the database. */
    public int id() {
        return id;
    }

    public Tenant tenant() {
        return new Tenant(organization, name);
    }

    /** Returns {@code sandboxId}, the permanent id for clients. */
    public UUID sandboxId() {
        return publicId;
    }

    /** Returns {@code production} or {@code development}. */
    public String type() {
        return type;
    }

    public boolean isDefault() {
        return isDefault;
    }

    /** Returns the merge policy of audiences without an explicit one. */
    public UUID defaultMergePolicyId() {
        return defaultMergePolicyId;
    }
}

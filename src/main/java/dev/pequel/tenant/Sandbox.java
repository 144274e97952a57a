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

/** A sandbox as clients see it, and the merge policy its audiences have when they name none. It never changes. */
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

    /** A tenant's sandbox that is not stored yet. The sandbox named {@code prod} is the organization's default. */
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

    /** Waits until no other transaction holds the sandbox, and holds it until the current transaction ends. */
    public void hold() {
        findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The number that other tables refer to; clients never see it. */
    public int id() {
        return id;
    }

    public Tenant tenant() {
        return new Tenant(organization, name);
    }

    /** {@code sandboxId}, the id that clients see, the same for as long as the sandbox exists. */
    public UUID sandboxId() {
        return publicId;
    }

    /** {@code production} or {@code development}. */
    public String type() {
        return type;
    }

    /** Whether it is the organization's default sandbox. */
    public boolean isDefault() {
        return isDefault;
    }

    /** The merge policy of audiences that name none. */
    public UUID defaultMergePolicyId() {
        return defaultMergePolicyId;
    }
}

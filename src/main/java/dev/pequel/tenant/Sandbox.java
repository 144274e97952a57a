package dev.pequel.tenant;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A sandbox as clients see it, and the merge policy its audiences have when they name none. It never changes. */
@Entity
@Immutable
public class Sandbox extends PanacheEntityBase {

    static final String DEFAULT_NAME = "prod";

    @Id
    private int id;

    private String organization;

    private String name;

    private UUID sandboxId;

    private String type;

    private boolean isDefault;

    private UUID defaultMergePolicyId;

    protected Sandbox() {}

    /** The number that other tables refer to; clients never see it. */
    public int id() {
        return id;
    }

    public Tenant tenant() {
        return new Tenant(organization, name);
    }

    /** {@code sandboxId}, the same for as long as the sandbox exists. */
    public UUID sandboxId() {
        return sandboxId;
    }

    /** {@code production} or {@code development}. */
    public String type() {
        return type;
    }

    /** Whether it is the organization's default sandbox. */
    public boolean isDefault() {
        return isDefault;
    }

    public UUID defaultMergePolicyId() {
        return defaultMergePolicyId;
    }
}

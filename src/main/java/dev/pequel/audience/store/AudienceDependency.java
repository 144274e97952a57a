package dev.pequel.audience.store;

import dev.pequel.database.SandboxedEntity;
import jakarta.persistence.ConstraintMode;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.UUID;

/** A reference from an audience's expression to another audience. */
@Entity
class AudienceDependency extends SandboxedEntity {

    @Id
    UUID id;

    /** The audience that refers. */
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "dependent_id", foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT))
    Audience dependent;

    /** The audience that is referred to. */
    UUID dependencyId;

    /** The position of the reference among those of the expression, from 0. */
    int position;

    protected AudienceDependency() {}

    AudienceDependency(Audience dependent, UUID dependencyId, int position) {
        id = UUID.randomUUID();
        sandboxId = dependent.sandboxId;
        this.dependent = dependent;
        this.dependencyId = dependencyId;
        this.position = position;
    }
}

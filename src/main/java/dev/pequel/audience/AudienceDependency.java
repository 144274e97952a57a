package dev.pequel.audience;

import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One reference from an audience to another. The database keeps these rows in step with the audiences' own. */
@Entity
@Immutable
class AudienceDependency {

    @Id
    Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "sandbox")
    Sandbox sandbox;

    UUID dependency;

    UUID dependent;

    /** The dependent's. */
    Long sequence;

    protected AudienceDependency() {}
}

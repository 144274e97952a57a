package bare;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** One row, about as large as an audience. */
@Entity
public class Item extends PanacheEntityBase {

    @Id
    public UUID id;

    public String name;

    public String description;

    public String expression;

    public Instant created;
}

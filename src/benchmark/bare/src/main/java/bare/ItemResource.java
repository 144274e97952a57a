package bare;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Path("/items")
public class ItemResource {

    @GET
    public List<Item> list(@QueryParam("start") int start, @QueryParam("limit") int limit) {
        return Item.find("order by created desc").page(start, limit).list();
    }

    @GET
    @Path("/{id}")
    public Item get(UUID id) {
        return Item.<Item>findByIdOptional(id).orElseThrow(NotFoundException::new);
    }

    @POST
    @Transactional
    public Item create(Item item) {
        item.id = UUID.randomUUID();
        item.created = Instant.now();
        item.persist();
        return item;
    }
}

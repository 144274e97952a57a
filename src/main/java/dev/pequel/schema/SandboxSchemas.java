package dev.pequel.schema;

import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;

/** The schemas that expressions are checked against. */
@ApplicationScoped
public class SandboxSchemas {

    /** The schema that the sandbox has stored, or the built-in one, which knows the usual fields and allows others. */
    public ProfileSchema of(Tenant tenant) {
        return BuiltInSchema.schema();
    }
}

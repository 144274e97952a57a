package dev.pequel.expression;

import dev.pequel.pql.Diagnostic;
import dev.pequel.tenant.Tenant;
import java.util.List;

/**
 * Warns of fields and strings in an expression that the profiles of a sandbox lack. The package {@code field}
 * implements it.
 */
public interface DataWarnings {

    /**
     * Returns warnings; none for an expression with errors, and none while the profiles are not in memory.
     *
     * @param mayShowValues whether messages may contain values of profiles
     */
    List<Diagnostic> of(Tenant tenant, CheckResult examined, boolean mayShowValues);
}

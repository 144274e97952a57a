package dev.pequel.expression.limit;

import dev.pequel.pql.Limits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Provides the configured limits of expressions as a bean. */
class PqlLimits {

    @Produces
    @Singleton
    Limits limits(PqlSettings settings) {
        return new Limits(settings.length(), settings.depth(), settings.listItems());
    }
}

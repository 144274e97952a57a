package dev.pequel.expression;

import dev.pequel.pql.Limits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The configured limits, for everything that reads expressions. */
class PqlLimits {

    @Produces
    @Singleton
    Limits limits(PqlSettings settings) {
        return new Limits(settings.length(), settings.depth(), settings.listItems());
    }
}

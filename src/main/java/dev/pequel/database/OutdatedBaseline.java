package dev.pequel.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Stops the start on a database whose migrations differ from those of this version. Until the first release, changes
 * of the schema edit existing migrations, so that databases of earlier builds cannot be migrated.
 */
public class OutdatedBaseline extends BaseCallback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_VALIDATE_ERROR;
    }

    /** @throws ConfigurationException always; Quarkus prints the message without a stack trace and exits */
    @Override
    public void handle(Event event, Context context) {
        throw new ConfigurationException("The tables of this database were created by an unreleased version of"
                + " Pequel, from which migration is not supported: start with a new, empty database.");
    }
}

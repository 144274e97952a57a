package dev.pequel.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Refuses to start on a database whose tables were made by other migrations than those of this version. Until a release,
 * changes edit the baseline, so a database of an earlier build cannot be migrated.
 */
public class OutdatedBaseline extends BaseCallback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_VALIDATE_ERROR;
    }

    /** @throws ConfigurationException always; Quarkus prints its message without a stack trace, and ends */
    @Override
    public void handle(Event event, Context context) {
        throw new ConfigurationException("The tables of this database were made by an unreleased version of Pequel,"
                + " from which there is no migration: start with a new, empty database.");
    }
}

package dev.pequel.database;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;

/**
 * Interceptor that applies {@link UncertainConnections#guardEntities} to every {@code @Transactional} method, inside
 * the transaction.
 */
@Transactional
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 201)
class UncertainTransactions {

    private final UncertainConnections connections;

    UncertainTransactions(UncertainConnections connections) {
        this.connections = connections;
    }

    @AroundInvoke
    Object guard(InvocationContext method) throws Exception {
        return connections.guardEntities(method::proceed);
    }
}

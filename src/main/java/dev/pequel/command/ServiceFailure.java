package dev.pequel.command;

/** Thrown when a request to the service fails. The message names the request and the reason. */
final class ServiceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ServiceFailure(String message) {
        super(message);
    }
}

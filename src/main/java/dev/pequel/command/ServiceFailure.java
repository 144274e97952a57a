package dev.pequel.command;

/** A request to a service that was not answered as it should have been; the message says which and why. */
final class ServiceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ServiceFailure(String message) {
        super(message);
    }
}

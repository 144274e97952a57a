package dev.pequel.schedule;

/** Thrown when a cron expression cannot be used. The message continues a sentence that begins with the expression. */
final class CronException extends Exception {

    CronException(String message) {
        super(message);
    }
}

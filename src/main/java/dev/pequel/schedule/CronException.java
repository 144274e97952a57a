package dev.pequel.schedule;

/** A cron expression cannot be used. The message is the rest of a sentence that begins with the expression. */
final class CronException extends Exception {

    CronException(String message) {
        super(message);
    }
}

package dev.pequel.segmentation;

import dev.pequel.error.InvalidRequest;

/** Query parameters that say which part of a list is wanted. */
final class PageParameters {

    private PageParameters() {}

    /**
     * @throws InvalidRequest when the text is no whole number in the range
     */
    static int number(String name, String text, int least, int most) {
        return (int) number(name, text, least, (long) most);
    }

    /**
     * @throws InvalidRequest when the text is no whole number in the range
     */
    static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        throw new InvalidRequest(name, "must be a whole number from " + least + " to " + most + ", but is " + text);
    }
}

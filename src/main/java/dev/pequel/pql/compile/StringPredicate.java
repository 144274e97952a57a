package dev.pequel.pql.compile;

import java.util.concurrent.CancellationException;

/** A test of one string. */
@FunctionalInterface
interface StringPredicate {

    /**
     * Whether the string passes.
     *
     * @param frame counts what the test reads in addition to reading each character once
     * @throws EvaluationLimitException when one profile has read too much
     * @throws CancellationException when the evaluation is cancelled
     */
    boolean test(Frame frame, String text);
}

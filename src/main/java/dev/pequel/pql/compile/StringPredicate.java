package dev.pequel.pql.compile;

import java.util.concurrent.CancellationException;

/** A test of one string. */
@FunctionalInterface
interface StringPredicate {

    /**
     * Whether the string passes.
     *
     * @param frame counts what the test looks at beyond each character once
     * @throws EvaluationLimitException when that is too much for one profile
     * @throws CancellationException when the evaluation is given up
     */
    boolean test(Frame frame, String text);
}

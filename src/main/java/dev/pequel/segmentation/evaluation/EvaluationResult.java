package dev.pequel.segmentation.evaluation;

import org.roaringbitmap.RoaringBitmap;

/** The result of evaluating one audience. */
sealed interface EvaluationResult {

    /** @param profiles ordinals of the members; must not be modified */
    record Members(RoaringBitmap profiles) implements EvaluationResult {}

    /** @param reason a sentence for the owner of the audience */
    record Failed(String reason) implements EvaluationResult {}
}

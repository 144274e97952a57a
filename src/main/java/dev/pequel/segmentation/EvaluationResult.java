package dev.pequel.segmentation;

import org.roaringbitmap.RoaringBitmap;

/** What became of one audience in an evaluation. */
sealed interface EvaluationResult {

    /** @param profiles the members' ordinals; must not be changed */
    record Members(RoaringBitmap profiles) implements EvaluationResult {}

    /** @param reason a sentence for the audience's owner */
    record Failed(String reason) implements EvaluationResult {}
}

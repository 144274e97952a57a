/** Evaluates audiences on a snapshot, after changes and on demand, and counts them. */
package dev.pequel.segmentation.evaluation;

/** Evaluation of audiences over all profiles, their members and metrics, and segment jobs. */
package dev.pequel.segmentation;
